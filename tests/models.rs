//! Which models are served, and how one takes the place of another.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tonic::Code;
use wenlei_proto::v1::{
    ClassifyRequest, GetModelRequest, ListModelsRequest, ReloadModelRequest, ServedModel,
};
use wenlei_tests::model_file::{committed, variant, with_manifest};
use wenlei_tests::{PATIENCE, Server, document};

/// A file of its own, replaced as a whole like a careful operator would.
struct ModelFile {
    directory: tempfile::TempDir,
}

impl ModelFile {
    fn new(bytes: &[u8]) -> Self {
        let file = Self { directory: tempfile::tempdir().unwrap() };
        file.replace(bytes);
        file
    }

    fn path(&self) -> PathBuf {
        self.directory.path().join("model.safetensors")
    }

    fn replace(&self, bytes: &[u8]) {
        let fresh = self.directory.path().join("fresh");
        fs::write(&fresh, bytes).unwrap();
        fs::rename(fresh, self.path()).unwrap();
    }

    fn argument(&self, name: &str) -> String {
        format!("{name}={}", self.path().display())
    }
}

async fn listed(server: &Server) -> Vec<ServedModel> {
    server.models().await.list_models(ListModelsRequest {}).await.unwrap().into_inner().models
}

async fn digest(server: &Server, model: &str) -> Result<String, tonic::Status> {
    let request =
        ClassifyRequest { document: document("", "安全"), model: model.into(), ..Default::default() };
    let response = server.classification().await.classify(request).await?.into_inner();
    Ok(response.model.unwrap().digest)
}

async fn reload(server: &Server, model: &str, rollback: bool) -> Result<(ServedModel, bool), tonic::Status> {
    let request = ReloadModelRequest { model: model.into(), rollback };
    let response = server.models().await.reload_model(request).await?.into_inner();
    Ok((response.model.unwrap(), response.changed))
}

/// Waits until the default model has another digest than `old`.
async fn changed(server: &Server, old: &str) -> String {
    let start = Instant::now();
    loop {
        let now = digest(server, "").await.unwrap();
        if now != old {
            return now;
        }
        assert!(start.elapsed() < PATIENCE, "the model doesn't change:\n{}", server.log());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_request_names_a_model_a_label_or_a_digest_or_gets_the_default() {
    let (stable, canary, other) =
        (ModelFile::new(&variant(1)), ModelFile::new(&variant(2)), ModelFile::new(&variant(3)));
    let server = Server::start(&[
        "--model",
        &stable.argument("news@stable"),
        "--model",
        &canary.argument("news@canary"),
        "--model",
        &other.argument("other"),
    ]);
    let models = listed(&server).await;
    let names: Vec<(String, String)> =
        models.iter().map(|model| (model.identity.clone().unwrap().id, model.label.clone())).collect();
    let expected = [("news", "stable"), ("news", "canary"), ("other", "")];
    assert_eq!(names, expected.map(|(id, label)| (id.to_owned(), label.to_owned())));
    let digests: Vec<String> = models.into_iter().map(|model| model.identity.unwrap().digest).collect();
    for (name, place) in [("", 0), ("news", 0), ("news@stable", 0), ("news@canary", 1), ("other", 2)] {
        assert_eq!(digest(&server, name).await.unwrap(), digests[place], "{name}");
    }
    assert_eq!(digest(&server, &format!("news@{}", &digests[1][..8])).await.unwrap(), digests[1]);
    for name in ["news@nightly", "nobody", "other@previous", "news@a", "@"] {
        let error = digest(&server, name).await.unwrap_err();
        assert_eq!(error.code(), Code::NotFound, "{name}");
        assert!(error.message().contains("news@stable, news@canary, other"), "{error}");
    }
}

#[test]
fn two_models_of_one_name_are_refused() {
    let file = ModelFile::new(&committed());
    let output = wenlei_tests::program("wenlei-server")
        .args(["--listen", "127.0.0.1:0", "--admin-listen", "off"])
        .args(["--model", &file.argument("a"), "--model", &file.argument("a")])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("two models are named a"));
}

#[tokio::test]
async fn a_changed_file_is_served_by_polling() {
    let file = ModelFile::new(&variant(1));
    let server = Server::start(&["--model", &file.argument("news"), "--reload-poll", "50ms"]);
    let old = digest(&server, "").await.unwrap();
    file.replace(&variant(2));
    let new = changed(&server, &old).await;
    assert_eq!(digest(&server, "news@previous").await.unwrap(), old);
    let status = listed(&server).await.remove(0);
    assert_eq!((status.generation, status.previous_digest), (2, old));
    assert_eq!(status.identity.unwrap().digest, new);
}

#[tokio::test]
async fn a_changed_file_is_served_at_sighup() {
    let file = ModelFile::new(&variant(1));
    let server = Server::start(&["--model", &file.argument("news"), "--reload-poll", "0s"]);
    let old = digest(&server, "").await.unwrap();
    file.replace(&variant(2));
    server.signal("HUP");
    changed(&server, &old).await;
}

#[tokio::test]
async fn a_reload_says_whether_anything_changed() {
    let file = ModelFile::new(&variant(1));
    let server = Server::start(&["--model", &file.argument("news"), "--reload-poll", "0s"]);
    assert!(!reload(&server, "news", false).await.unwrap().1);
    file.replace(&variant(2));
    let (model, changed) = reload(&server, "", false).await.unwrap();
    assert!(changed);
    assert_eq!(model.generation, 2);
    assert_eq!(reload(&server, "nobody", false).await.unwrap_err().code(), Code::NotFound);
}

#[tokio::test]
async fn a_rollback_serves_the_previous_model_until_the_file_changes() {
    let file = ModelFile::new(&variant(1));
    let server = Server::start(&["--model", &file.argument("news"), "--reload-poll", "50ms"]);
    let first = digest(&server, "").await.unwrap();
    let error = reload(&server, "", true).await.unwrap_err();
    assert_eq!(error.code(), Code::FailedPrecondition, "{error}");
    file.replace(&variant(2));
    let second = changed(&server, &first).await;
    assert!(reload(&server, "", true).await.unwrap().1);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(digest(&server, "").await.unwrap(), first, "polling must not undo the rollback");
    file.replace(&variant(3));
    assert_ne!(changed(&server, &first).await, second);
}

/// Puts a file in the place of a good one and expects the reason; the good one must go on answering.
async fn assert_refused(bytes: &[u8], reason: &str) {
    let file = ModelFile::new(&committed());
    let server = Server::start(&["--model", &file.argument("news"), "--reload-poll", "0s"]);
    let old = digest(&server, "").await.unwrap();
    file.replace(bytes);
    let error = reload(&server, "", false).await.unwrap_err();
    assert_eq!(error.code(), Code::FailedPrecondition, "{error}");
    assert!(error.message().contains(reason), "{error}");
    assert_eq!(digest(&server, "").await.unwrap(), old);
    let status = listed(&server).await.remove(0);
    assert!(status.last_failure.contains(reason), "{status:?}");
    file.replace(&variant(1));
    assert!(reload(&server, "", false).await.unwrap().1, "a good file is taken again");
    assert_eq!(listed(&server).await.remove(0).last_failure, "");
}

#[tokio::test]
async fn a_truncated_file_is_refused_and_the_old_model_stays() {
    let bytes = committed();
    assert_refused(&bytes[..bytes.len() / 2], "not a safetensors file, or a damaged one").await;
    assert_refused(&[], "not a safetensors file, or a damaged one").await;
}

#[tokio::test]
async fn a_corrupted_file_is_refused_and_the_old_model_stays() {
    // Half-precision weights in the middle become huge: only the self-test can tell.
    let mut bytes = committed();
    let middle = bytes.len() / 2;
    bytes[middle..].iter_mut().for_each(|byte| *byte ^= 0x24);
    assert_refused(&bytes, "").await;
}

#[tokio::test]
async fn a_file_of_another_version_is_refused_and_the_old_model_stays() {
    let bytes = with_manifest(|manifest| manifest["format_version"] = 99.into());
    assert_refused(&bytes, "the file format is version 99").await;
}

#[tokio::test]
async fn a_model_that_fails_its_self_test_is_refused_and_the_old_model_stays() {
    let bytes = with_manifest(|manifest| manifest["self_test"][0]["probabilities"][0] = 0.123.into());
    assert_refused(&bytes, "self-test failed").await;
}

#[tokio::test]
async fn a_file_that_vanished_is_reported_and_the_old_model_stays() {
    let file = ModelFile::new(&committed());
    let server = Server::start(&["--model", &file.argument("news"), "--reload-poll", "0s"]);
    fs::remove_file(file.path()).unwrap();
    let error = reload(&server, "", false).await.unwrap_err();
    assert!(error.message().contains("can't read"), "{error}");
    digest(&server, "").await.unwrap();
}

/// Kubernetes lays a volume out as `model.safetensors -> ..data/model.safetensors`, `..data -> ..2026_…`, and moves
/// `..data` when it changes.
#[tokio::test]
async fn a_symlinked_directory_is_swapped_atomically() {
    let directory = tempfile::tempdir().unwrap();
    let version = |name: &str, bytes: &[u8]| {
        fs::create_dir(directory.path().join(name)).unwrap();
        fs::write(directory.path().join(name).join("model.safetensors"), bytes).unwrap();
    };
    let point = |name: &str| {
        let fresh = directory.path().join("..data_tmp");
        symlink(name, &fresh).unwrap();
        fs::rename(fresh, directory.path().join("..data")).unwrap();
    };
    version("..1", &variant(1));
    version("..2", &variant(2));
    point("..1");
    symlink("..data/model.safetensors", directory.path().join("model.safetensors")).unwrap();
    let argument = |path: &Path| format!("news={}", path.display());
    let server = Server::start(&["--model", &argument(directory.path()), "--reload-poll", "50ms"]);
    let old = digest(&server, "").await.unwrap();
    point("..2");
    changed(&server, &old).await;
}

#[tokio::test]
async fn the_previous_model_can_be_described() {
    let file = ModelFile::new(&variant(1));
    let server = Server::start(&["--model", &file.argument("news"), "--reload-poll", "0s"]);
    file.replace(&variant(2));
    reload(&server, "", false).await.unwrap();
    let request = GetModelRequest { model: "news@previous".into() };
    let model = server.models().await.get_model(request).await.unwrap().into_inner().model.unwrap();
    assert_eq!(model.training_documents, 1001);
}
