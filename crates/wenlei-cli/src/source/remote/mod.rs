//! Answers of a server, asked over gRPC.

mod connection;
mod failure;
mod reading;

use tokio::runtime::{self, Runtime};
use tonic::{Response, Status};
use wenlei_proto::v1;
use wenlei_text::Mode;

use super::{Cut, Source};
use crate::answer::{Classification, Features, Page, Word};
use connection::Client;
pub(super) use connection::{Connection, url};

/// A server.
pub(super) struct Remote {
    runtime: Runtime,
    client: Client,
    url: String,
    /// Name of the model to ask; empty for the server's default one.
    model: String,
}

impl Remote {
    /// Connects to the server; it is found out later whether it has the model.
    pub(super) fn open(connection: Connection, model: String) -> anyhow::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let client = runtime.block_on(connection.open())?;
        Ok(Self { runtime, client, url: connection.url, model })
    }

    /// Makes one call.
    fn ask<T>(&self, call: impl AsyncFnOnce(Client) -> Result<Response<T>, Status>) -> anyhow::Result<T> {
        let answer = self.runtime.block_on(call(self.client.clone()));
        answer.map(Response::into_inner).map_err(|status| failure::unanswered(&self.url, &status))
    }
}

impl Source for Remote {
    fn classify(&self, title: &str, text: &str, explain: Option<u32>) -> anyhow::Result<Classification> {
        let request = v1::ClassifyRequest {
            document: Some(document(title, text)),
            explain: explain.is_some(),
            explain_terms: explain,
            model: self.model.clone(),
            ..Default::default()
        };
        Ok(reading::classification(self.ask(async |mut client| client.classify(request).await)?))
    }

    fn segment(&self, text: &str, cut: Cut) -> anyhow::Result<Vec<Word>> {
        let mode = match cut.mode {
            Mode::Default => v1::SegmentMode::Default,
            Mode::Search => v1::SegmentMode::Search,
            Mode::All => v1::SegmentMode::All,
        };
        let request = v1::SegmentRequest {
            document: Some(document("", text)),
            mode: mode.into(),
            part_of_speech: cut.parts_of_speech,
            remove_stop_words: cut.no_stop_words,
            model: self.model.clone(),
            ..Default::default()
        };
        Ok(reading::words(self.ask(async |mut client| client.segment(request).await)?))
    }

    fn features(&self, text: &str, listed: u32, keywords: u32) -> anyhow::Result<Features> {
        let request = v1::ExtractFeaturesRequest {
            document: Some(document("", text)),
            top_k: Some(listed),
            // It tells how many features there are.
            include_vector: true,
            keywords,
            model: self.model.clone(),
            ..Default::default()
        };
        Ok(reading::features(self.ask(async |mut client| client.extract_features(request).await)?))
    }

    fn page(&self, text: &str, explain: Option<u32>) -> anyhow::Result<Page> {
        let request = v1::ClassifyPageRequest {
            text: text.to_owned(),
            explain: explain.is_some(),
            explain_terms: explain,
            encoding: v1::Encoding::Utf8.into(),
            model: self.model.clone(),
            ..Default::default()
        };
        reading::page(self.ask(async |mut client| client.classify_page(request).await)?, text)
    }
}

fn document(title: &str, text: &str) -> v1::Document {
    v1::Document { title: title.to_owned(), text: text.to_owned() }
}
