"""Opens exported files with the programs that researchers use, and says what it finds.

    check_parquet.py read FOLDER     opens every export in FOLDER; a JSON summary on stdout
    check_parquet.py write FOLDER    writes advertisements as pandas and DuckDB write them
"""

import datetime
import json
import sys
from pathlib import Path

import duckdb
import pandas
import pyarrow.parquet

import frictionless


def read(folder):
    vacancies = str(folder / "vacancies.parquet")
    frame = pandas.read_parquet(vacancies)
    with open(folder / "vacancies.jsonl", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    assert list(frame.columns) == list(rows[0])
    lines = {column: [row[column] for row in rows] for column in frame.columns}
    assert frame["vacancy_id"].tolist() == lines["vacancy_id"]
    assert frame["soc2020"].dtype == "category", frame["soc2020"].dtype
    assert str(frame["first_seen"].dtype) == "datetime64[ms, UTC]", frame["first_seen"].dtype
    assert isinstance(frame["date_posted"].dropna().iloc[0], datetime.date)
    assert frame["wage_annual_gbp"].dtype == "float64"
    for ours, theirs in zip(frame["places"], lines["places"]):
        assert list(ours) == theirs, (ours, theirs)
    for ours, theirs in zip(frame["skills"], lines["skills"]):
        assert list(ours) == theirs, (ours, theirs)
    for ours, theirs in zip(frame["missing"], lines["missing"]):
        assert dict(ours) == theirs, (ours, theirs)
    for ours, theirs in zip(frame["portals"], lines["portals"]):
        assert list(ours) == theirs

    field = pyarrow.parquet.read_schema(vacancies).field("wage_min")
    assert b"basic pay" in field.metadata[b"description"], field.metadata

    one = lambda sql: duckdb.sql(sql).fetchall()
    types = dict(one(f"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '{vacancies}')"))
    by_region = one(
        f"SELECT region_code, count(*), median(wage_annual_gbp) FROM '{vacancies}' WHERE in_flow GROUP BY ALL ORDER BY 1"
    )
    skills = one(
        f"SELECT s.label, count(*) FROM (SELECT unnest(skills) AS s FROM '{vacancies}') GROUP BY ALL ORDER BY 2 DESC, 1"
    )
    reasons = one(f"SELECT missing['date_closing'], count(*) FROM '{vacancies}' GROUP BY ALL ORDER BY 2 DESC")
    sources = one(f"SELECT count(*) FROM '{vacancies}' WHERE list_contains(portals, 'board')")
    both = one(
        f"SELECT count(*) FROM '{vacancies}' p JOIN read_csv('{folder}/vacancies.csv', all_varchar = true) c USING (vacancy_id)"
        " WHERE p.job_title = c.job_title AND p.wage_min IS NOT DISTINCT FROM c.wage_min::DOUBLE"
        " AND p.date_posted = c.date_posted::DATE AND p.in_flow = (c.in_flow = '1')"
    )
    observations = one(
        f"SELECT value FROM '{folder}/observations.parquet'"
        " WHERE indicator = 'vacancies_flow' AND area_type = 'uk' AND occupation = 'total'"
    )
    wide = one(f"DESCRIBE SELECT COLUMNS('skill_.*') FROM '{folder}/wide.parquet'")
    assert {row[1] for row in wide} == {"BOOLEAN"}

    package = frictionless.Package(str(folder / "datapackage.json"))
    report = {}
    for resource in package.resources:
        if resource.format in ("csv", "jsonl"):
            # Checks bytes, hash, types, codes and keys of every row.
            checked = resource.validate()
            report[resource.name] = [error.message for task in checked.tasks for error in task.errors][:5]
    return {
        "rows": len(frame),
        "types": types,
        "by_region": by_region,
        "skills": skills,
        "reasons": reasons,
        "portal": sources[0][0],
        "same_as_csv": both[0][0],
        "flow": observations[0][0],
        "wide": len(wide),
        "package": report,
    }


def write(folder):
    rows = 500
    frame = pandas.DataFrame(
        {
            "portal": pandas.Categorical(["board"] * rows),
            "ad_id": pandas.array([None if row == 7 else row for row in range(rows)], dtype="float64"),
            "job_title": [None if row == 9 else f"Cook {row}" for row in range(rows)],
            "posted": pandas.to_datetime("2026-10-01") + pandas.to_timedelta([row % 20 for row in range(rows)], unit="D"),
            "location": [["Leeds", "York"] if row % 2 else ["Leeds"] for row in range(rows)],
            "salary_min": [20000.0 + row for row in range(rows)],
            "salary_predicted": [row % 2 == 0 for row in range(rows)],
            "shift": ["nights" if row % 3 else None for row in range(rows)],
        }
    )
    frame.to_parquet(folder / "pandas.parquet", row_group_size=100)
    duckdb.sql("SELECT portal, ad_id::BIGINT AS ad_id, job_title, posted::DATE AS posted, location, "
               "salary_min::DECIMAL(9, 2) AS salary_min, salary_predicted, shift, "
               "{'page': 1, 'line': 2} AS origin FROM frame").write_parquet(
        str(folder / "duckdb.parquet"), compression="zstd")
    nested = duckdb.sql("SELECT portal, {'name': job_title} AS title FROM frame")
    nested.write_parquet(str(folder / "nested.parquet"))
    return {"rows": rows}


if __name__ == "__main__":
    action = {"read": read, "write": write}[sys.argv[1]]
    print(json.dumps(action(Path(sys.argv[2])), default=str))
