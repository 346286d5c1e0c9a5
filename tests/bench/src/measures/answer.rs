//! Answers of the API against `/health` of the same server.

use super::input::text;
use crate::measure::{Kind, Measure, Side, compare};
use crate::outcome::{Figure, Outcome};
use crate::sample::Sample;
use crate::setup::Setup;
use anyhow::Context as _;
use std::cell::RefCell;
use std::io::BufRead as _;
use std::process::{Child, Stdio};
use std::time::Instant;

/// Requests under way at the same time.
const CLIENTS: u32 = 4;
/// Ticks of a second in which Linux counts a process's time.
const TICKS: f64 = 100.0;

pub(super) fn observations(setup: &Setup, measure: &Measure) -> anyhow::Result<Option<Outcome>> {
    let areas: &[&str] = &["E12000001", "E12000003", "E12000007", "W92000004", "E12000009", "E12000002"];
    against_health(setup, measure, &|n| {
        format!("/api/v1/observations?indicator=vacancies_flow&area={}", areas[n as usize % areas.len()])
    })
}

pub(super) fn vacancies(setup: &Setup, measure: &Measure) -> anyhow::Result<Option<Outcome>> {
    let occupations: &[&str] = &["22", "61", "54", "21", "92", "35", "41"];
    against_health(setup, measure, &|n| {
        format!("/api/v1/vacancies?occupation={}", occupations[n as usize % occupations.len()])
    })
}

fn against_health(setup: &Setup, measure: &Measure, path: &dyn Fn(u32) -> String) -> anyhow::Result<Option<Outcome>> {
    let vacancies = setup.size(6_000, 150).to_string();
    let data = setup.path("served");
    if !data.exists() {
        let words = ["--data-dir", text(&data)?, "demo", "--once", "--vacancies", &vacancies];
        setup.run(&setup.openvacancy(&words)?).context("the release to serve")?;
    }
    let server = Server::start(setup, text(&data.join("demo"))?)?;
    let requests = setup.size(3_000, 20);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let waits: RefCell<Vec<f64>> = RefCell::default();
    let ours = Side {
        name: "the answer",
        command: format!("openvacancy serve; {requests} of GET {}, {CLIENTS} at a time", path(0)),
        run: Box::new(|| {
            let (sample, taken) = server.ask(&runtime, requests, path)?;
            waits.borrow_mut().extend(taken);
            Ok(sample)
        }),
    };
    let health = Side {
        name: "/health",
        command: format!("{requests} of GET /health, {CLIENTS} at a time"),
        run: Box::new(|| Ok(server.ask(&runtime, requests, &|_| "/health".to_owned())?.0)),
    };
    let outcome = compare(setup, measure, Kind::Rate("requests"), ours, health)?;
    let mut waits = waits.into_inner();
    waits.sort_by(f64::total_cmp);
    let at = |percent: usize| waits.get((waits.len() * percent / 100).min(waits.len().saturating_sub(1)));
    let figure = |percent: usize| Figure {
        what: format!("answered within, {percent} of 100"),
        value: at(percent).copied().unwrap_or_default() * 1e3,
        unit: "ms".to_owned(),
    };
    Ok(Some(outcome.with([50, 95, 99].map(figure).to_vec())))
}

/// The program, serving. It ends with this value.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(setup: &Setup, data: &str) -> anyhow::Result<Self> {
        let mut process = setup
            .command(&setup.program()?)
            .args(["--data-dir", data, "serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let said = process.stdout.take().context("the server's first line")?;
        let mut server = Self { process, address: String::new() };
        let mut line = String::new();
        std::io::BufReader::new(said).read_line(&mut line)?;
        let address = line.split_whitespace().find(|word| word.starts_with("http://"));
        address
            .context("the server did not say where it listens")?
            .trim_end_matches('/')
            .clone_into(&mut server.address);
        Ok(server)
    }

    /// Asks so many times, and answers what it took and how long each request waited, in seconds.
    fn ask(
        &self,
        runtime: &tokio::runtime::Runtime,
        requests: u32,
        path: &dyn Fn(u32) -> String,
    ) -> anyhow::Result<(Sample, Vec<f64>)> {
        // A second provider was never asked for, so this cannot find one installed.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::new();
        let addresses: Vec<String> = (0..requests).map(|n| format!("{}{}", self.address, path(n))).collect();
        let (begun, busy) = (Instant::now(), self.processor_seconds()?);
        let waits = runtime.block_on(async {
            let mut clients = Vec::new();
            for share in addresses.chunks(requests.div_ceil(CLIENTS).max(1) as usize) {
                let (client, share) = (client.clone(), share.to_vec());
                clients.push(tokio::spawn(async move {
                    let mut waits = Vec::with_capacity(share.len());
                    for address in share {
                        let asked = Instant::now();
                        let response = client.get(&address).send().await?.error_for_status()?;
                        response.bytes().await?;
                        waits.push(asked.elapsed().as_secs_f64());
                    }
                    anyhow::Ok(waits)
                }));
            }
            let mut all = Vec::new();
            for client in clients {
                all.extend(client.await??);
            }
            anyhow::Ok(all)
        })?;
        let sample = Sample {
            count: u64::from(requests),
            seconds: begun.elapsed().as_secs_f64(),
            processor_seconds: self.processor_seconds()? - busy,
            peak_memory: self.peak_memory(),
            ..Sample::default()
        };
        Ok((sample, waits))
    }

    /// User and system time of the server so far.
    fn processor_seconds(&self) -> anyhow::Result<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().skip(11).take(2);
        Ok(fields.filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / TICKS)
    }

    fn peak_memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        Some(line.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
