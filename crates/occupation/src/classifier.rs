//! The trained classifier: hashed words and letter sequences of the title and its context to unit groups, linear.

mod features;
mod model;
mod softmax;

pub use features::{FEATURE_BITS, Features, features};
pub use model::Model;
pub use softmax::{SoftmaxModel, SoftmaxParams, SparseRows};
