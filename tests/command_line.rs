//! The program `wenlei`, by itself and with a server.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Output, Stdio};

use serde_json::Value;
use wenlei_tests::credentials::{Authority, token_line};
use wenlei_tests::{Server, model_file, program, repository};

/// Every command in each of its forms; files follow.
const COMMANDS: [&str; 14] = [
    "classify",
    "classify --json",
    "classify --explain",
    "classify --explain --json",
    "classify --title 安全生产会议召开 --explain --json",
    "segment",
    "segment --mode search",
    "segment --mode all --no-stop-words",
    "segment --tags",
    "features",
    "features --top 0",
    "page",
    "page --json",
    "page --html /dev/stdout",
];

/// A topic, none, no known term; half and full width, signs outside the basic plane, line ends of all kinds.
const DOCUMENTS: [&str; 4] = [
    "开发区在深圳举行招商推介会，总投资4.2亿元的三个项目现场签约。",
    "5月12日，县图书馆举办“妈妈讲故事”活动，四十个家庭参加。",
    "🙂🙂",
    "😀ＰＭ2.5下降\r\n县里开会部署安\u{3000}全生产，𠮷林路的散乱污企\n\n业限期整改。\r全面排查隐患。",
];

/// The sample page, the documents and some real pages.
fn files(directory: &tempfile::TempDir) -> Vec<PathBuf> {
    let documents = DOCUMENTS.iter().enumerate().map(|(number, text)| {
        let path = directory.path().join(format!("{number}.txt"));
        fs::write(&path, text).unwrap();
        path
    });
    let pages = fs::read_dir(repository().join("tests/data/pages/develop")).unwrap();
    let mut pages: Vec<PathBuf> = pages.map(|entry| entry.unwrap().path()).collect();
    pages.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    pages.sort();
    pages.truncate(5);
    let sample = repository().join("tests/data/sample-page.txt");
    documents.chain([sample]).chain(pages).collect()
}

fn wenlei(arguments: &[&str], files: &[PathBuf]) -> Output {
    program("wenlei").args(arguments).args(files).output().unwrap()
}

/// What was printed; the program must have succeeded.
fn printed(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What it complained of; the program must have failed, and printed nothing else.
fn complaint(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn http(server: &Server) -> String {
    format!("http://{}", server.address())
}

#[test]
fn with_a_server_every_command_prints_what_it_prints_by_itself() {
    let (server, directory) = (Server::start(&[]), tempfile::tempdir().unwrap());
    let (url, files) = (http(&server), files(&directory));
    for command in COMMANDS {
        let arguments: Vec<&str> = command.split(' ').collect();
        let alone = printed(wenlei(&arguments, &files));
        let asked = printed(wenlei(&[&arguments[..], &["--server", &url]].concat(), &files));
        assert!(alone.len() > files.len(), "{command} prints {alone:?}");
        let mut lines = alone.lines().zip(asked.lines());
        let differing = lines.find(|(alone, asked)| alone != asked);
        assert!(alone == asked, "{command}: {differing:?}");
    }
}

#[test]
fn the_server_and_one_of_its_models_are_chosen() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("other.safetensors");
    fs::write(&path, model_file::variant(1)).unwrap();
    let committed = repository().join("models/local-news/model.safetensors");
    let models = [format!("first={}", committed.display()), format!("second={}", path.display())];
    let server = Server::start(&["--model", &models[0], "--model", &models[1]]);
    let digest = |arguments: &[&str]| {
        let mut classify = program("wenlei");
        classify.args(["classify", "--json"]).args(arguments).args(files(&directory).first());
        let printed = printed(classify.env("WENLEI_SERVER", http(&server)).output().unwrap());
        serde_json::from_str::<Value>(&printed).unwrap()["model"].as_str().unwrap().to_owned()
    };
    assert_ne!(digest(&[]), digest(&["--model", "second"]));
    assert_eq!(digest(&[]), digest(&["--model", "first"]));
    let output = wenlei(&["classify", "--server", &http(&server), "--model", "third"], &files(&directory));
    let complaint = complaint(&output);
    assert!(complaint.contains("NotFound") && complaint.contains("first, second"), "{complaint}");
}

#[test]
fn a_refusal_names_the_file_the_field_and_the_limit() {
    let server = Server::start(&["--document-characters", "20", "--listed-terms", "100"]);
    let directory = tempfile::tempdir().unwrap();
    let files = files(&directory);
    let asked = |arguments: &[&str]| {
        complaint(&wenlei(&[arguments, &["--server", &http(&server)]].concat(), &files[..1]))
    };
    for command in ["classify", "segment", "features", "page"] {
        let complaint = asked(&[command]);
        assert!(complaint.contains("0.txt: http://127.0.0.1:"), "{complaint}");
        assert!(complaint.contains("InvalidArgument") && complaint.contains("text: has 3"), "{complaint}");
        assert!(complaint.contains("the limit is 20"), "{complaint}");
    }
    let complaint = asked(&["features", "--top", "101"]);
    assert!(complaint.contains("top_k: is 101, the limit is 100"), "{complaint}");
    assert!(complaint.contains("document.text: has"), "{complaint}");
}

#[test]
fn an_unreachable_server_is_named_with_what_to_do() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let directory = tempfile::tempdir().unwrap();
    let url = format!("http://{address}");
    let complaint = complaint(&wenlei(&["page", "--server", &url], &files(&directory)));
    assert!(complaint.contains(&format!("can't reach {url}: Connection refused")), "{complaint}");
    assert!(complaint.contains("`wenlei-server` starts one"), "{complaint}");
    for address in ["127.0.0.1:50051", "ftp://127.0.0.1", "http://127.0.0.1/path", ""] {
        let output = wenlei(&["page", "--server", address], &files(&directory));
        assert_eq!(output.status.code(), Some(2), "{address}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("such as http://127.0.0.1:50051"));
    }
}

#[test]
fn a_server_is_asked_over_tls_and_with_a_token() {
    let authority = Authority::default();
    authority.sign("127.0.0.1");
    fs::write(authority.path("tokens"), token_line("newsroom", "secret")).unwrap();
    let server = authority.server(&["--tokens", &authority.argument("tokens")]);
    let (url, directory) = (format!("https://{}", server.address()), tempfile::tempdir().unwrap());
    let pem = authority.argument("authority.pem");
    let asked = |arguments: &[&str], token: &str| {
        let mut classify = program("wenlei");
        classify.arg("classify").args(arguments).args(files(&directory)).env("WENLEI_TOKEN", token);
        classify.output().unwrap()
    };
    let trusting = ["--server", &url, "--tls-ca", &pem];
    assert_eq!(printed(asked(&trusting, "secret")), printed(asked(&[], "")));
    for token in ["", "guess"] {
        let complaint = complaint(&asked(&trusting, token));
        assert!(complaint.contains("Unauthenticated") && complaint.contains("WENLEI_TOKEN"), "{complaint}");
    }
    let stranger = complaint(&asked(&["--server", &url], "secret"));
    assert!(stranger.contains(&format!("can't reach {url}: ")), "{stranger}");
    let in_the_clear = complaint(&asked(&["--server", &http(&server)], "secret"));
    assert!(in_the_clear.contains("does it speak TLS"), "{in_the_clear}");
    let mixed = complaint(&asked(&["--server", &http(&server), "--tls-ca", &pem], "secret"));
    assert!(mixed.contains("--tls-ca goes with https://"), "{mixed}");
}

#[test]
fn articles_are_printed_as_json_and_as_a_web_page() {
    let sample = repository().join("tests/data/sample-page.txt");
    let output = program("wenlei").args(["page", "--json"]).arg(&sample).output().unwrap();
    let page: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(page["articles"].as_array().unwrap().len(), 4);
    assert_eq!(page["articles"][0]["title"], "县领导带队督查化工园区安全环保整治");
    assert_eq!(page["articles"][1]["topics"][0]["topic"], "investment_attraction");
    assert_eq!(page["furniture"][0]["reason"], "banner");
    let directory = tempfile::tempdir().unwrap();
    let html = directory.path().join("page.html");
    let status = program("wenlei").arg("page").arg("--html").arg(&html).arg(&sample).status().unwrap();
    assert!(status.success());
    let html = fs::read_to_string(html).unwrap();
    assert!(html.contains("三个") && html.contains("<mark") && !html.contains("<script"));
}

#[test]
fn standard_input_is_read_and_explained() {
    let mut process = program("wenlei")
        .args(["classify", "--explain", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    process.stdin.take().unwrap().write_all("开展化工企业安全隐患排查。".as_bytes()).unwrap();
    let output = String::from_utf8(process.wait_with_output().unwrap().stdout).unwrap();
    assert!(output.contains('✓') && output.contains("安全 safety") && output.contains("隐患"), "{output}");
}

#[test]
fn what_is_wrong_with_a_file_is_said() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("gbk.txt");
    fs::write(&path, b"\xb0\xb2\xc8\xab").unwrap();
    let output = program("wenlei").arg("page").arg(&path).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("gbk.txt is not UTF-8"));
    let output = program("wenlei").args(["page", "/no/such/page"]).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("/no/such/page"));
}
