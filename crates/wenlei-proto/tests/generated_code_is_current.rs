//! Regenerates the committed code from `proto/` and compares. After a change of the protos run it with
//! `WENLEI_REGENERATE=1` (or `just generate`) and commit what it wrote.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn generate(directory: &Path) {
    let proto = root().join("proto");
    let mut files: Vec<_> =
        fs::read_dir(proto.join("wenlei/v1")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let descriptors = protox::compile(&files, [&proto]).unwrap();
    let descriptor_path = directory.join("descriptor.binpb");
    tonic_prost_build::configure()
        .file_descriptor_set_path(&descriptor_path)
        .out_dir(directory)
        .codec_path("crate::codec::MessageCodec")
        .client_mod_attribute("wenlei.v1", "#[cfg(feature = \"client\")]")
        .compile_fds(descriptors.clone())
        .unwrap();
    let mut compiler = protox::Compiler::new([&proto]).unwrap();
    compiler.include_source_info(false).include_imports(true).open_files(&files).unwrap();
    fs::write(descriptor_path, compiler.encode_file_descriptor_set()).unwrap();
}

#[test]
fn generated_code_is_current() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/generated");
    if std::env::var_os("WENLEI_REGENERATE").is_some() {
        return generate(&committed);
    }
    let fresh = tempfile::tempdir().unwrap();
    generate(fresh.path());
    for name in ["wenlei.v1.rs", "descriptor.binpb"] {
        let same = fs::read(committed.join(name)).unwrap() == fs::read(fresh.path().join(name)).unwrap();
        assert!(same, "{name} is stale: run `just generate` and commit the result");
    }
}
