//! Flags over environment over file.
#![allow(clippy::unwrap_used)]

use std::process::Output;

use wenlei_tests::program;

fn print_config(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = program("wenlei-server");
    command.args(arguments).arg("--print-config").envs(environment.iter().copied()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_flag_wins_over_the_environment_and_the_environment_over_the_file() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("wenlei.toml");
    std::fs::write(&file, "batch-documents = 1\ndocument-characters = 2\nlisted-terms = 3\n").unwrap();
    let file = file.to_str().unwrap();
    let environment = [("WENLEI_DOCUMENT_CHARACTERS", "20"), ("WENLEI_LISTED_TERMS", "30")];
    let output = print_config(&["--config", file, "--listed-terms", "300"], &environment);
    let printed = text(&output.stdout);
    for line in ["batch-documents = \"1\"", "document-characters = \"20\"", "listed-terms = \"300\""] {
        assert!(printed.contains(line), "{line} in\n{printed}");
    }
}

#[test]
fn the_printed_configuration_reads_back_as_the_same() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("printed.toml");
    let printed = print_config(&["--batch-documents", "7", "--reload-poll", "5s"], &[]).stdout;
    std::fs::write(&file, &printed).unwrap();
    let again = print_config(&["--config", file.to_str().unwrap()], &[]).stdout;
    assert_eq!(text(&again), text(&printed));
}

#[test]
fn mistakes_from_flags_environment_and_file_are_reported_at_once_with_exit_code_64() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("wenlei.toml");
    std::fs::write(&file, "drain-limit = 30\nlog-format = \"xml\"\n").unwrap();
    let environment = [("WENLEI_BATCH_DOCUMENTS", "many")];
    let output = print_config(&["--config", file.to_str().unwrap(), "--listen", "here"], &environment);
    assert_eq!(output.status.code(), Some(64));
    let errors = text(&output.stderr);
    for part in
        ["4 mistake(s)", "--drain-limit 30", "--log-format xml", "--batch-documents many", "--listen here"]
    {
        assert!(errors.contains(part), "{part} in\n{errors}");
    }
}

#[test]
fn an_unknown_flag_or_setting_exits_64() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("wenlei.toml");
    std::fs::write(&file, "colour = 1\n").unwrap();
    for arguments in [["--colour", "1"], ["--config", file.to_str().unwrap()]] {
        let output = print_config(&arguments, &[]);
        assert_eq!(output.status.code(), Some(64));
        assert!(text(&output.stderr).contains("colour"));
    }
}

#[test]
fn an_endpoint_for_traces_must_be_a_url_and_the_program_able_to_send() {
    let output = print_config(&["--otlp-endpoint", "collector"], &[]);
    assert_eq!(output.status.code(), Some(64));
    assert!(text(&output.stderr).contains("--otlp-endpoint collector: not a URL"), "{output:?}");
    let output = print_config(&[], &[("WENLEI_OTLP_ENDPOINT", "http://127.0.0.1:4317")]);
    if cfg!(feature = "otlp") {
        assert!(output.status.success(), "{output:?}");
    } else {
        assert_eq!(output.status.code(), Some(64), "traces that go nowhere are no secret");
        assert!(text(&output.stderr).contains("--features otlp"), "{output:?}");
    }
}
