//! Answers of a model in this process.

use std::fs;
use std::ops::Range;

use anyhow::Context;
use wenlei_model::{Contribution, Family, Model, Prediction};
use wenlei_text::Document;
use wenlei_text::page::{self, ArticleDocument};

use super::{Cut, Source};
use crate::answer::{self, Classification, Features, ModelIdentity, Page, Topic, Word};

/// The model used when none is named.
const BUILT_IN: &[u8] = include_bytes!("../../../../models/local-news/model.safetensors");

/// A model in this process.
pub(super) struct Local {
    model: Model,
}

impl Local {
    /// Reads and self-tests the model in a file, or else the built-in one.
    pub(super) fn open(file: Option<String>) -> anyhow::Result<Self> {
        let Some(file) = file else { return Ok(Self { model: Model::from_bytes(BUILT_IN)? }) };
        let bytes = fs::read(&file).with_context(|| format!("can't read {file}"))?;
        let model = Model::from_bytes(&bytes).with_context(|| format!("can't use {file}"))?;
        Ok(Self { model })
    }

    fn predict(&self, document: &Document, explain: Option<u32>) -> Prediction {
        let analysis = self.model.analyze(document);
        let mut prediction = self.model.predict(&analysis);
        if let Some(terms) = explain {
            self.model.explain(&mut prediction, document, &analysis, terms as usize);
        }
        prediction
    }

    /// The topics of a prediction; `locate` leads places in the normalised text back to the page, if there is one.
    fn topics(
        &self,
        prediction: Prediction,
        locate: impl Fn(Range<usize>) -> Option<Range<usize>>,
    ) -> Vec<Topic> {
        let contribution = |term: Contribution| answer::Contribution {
            term: term.term,
            added: term.contribution,
            places: term.places.into_iter().filter_map(&locate).collect(),
        };
        let list = |terms: Vec<Contribution>| terms.into_iter().map(contribution).collect();
        let topic = |topic: wenlei_model::TopicPrediction| {
            let names = &self.model.topics()[topic.topic];
            Topic {
                id: names.id.clone(),
                name_zh: names.name_zh.clone(),
                probability: topic.probability,
                assigned: topic.assigned,
                explanation: topic.explanation.map(|explanation| answer::Explanation {
                    supporting: list(explanation.supporting),
                    opposing: list(explanation.opposing),
                }),
            }
        };
        prediction.topics.into_iter().map(topic).collect()
    }

    fn article(&self, outline: page::Article, text: &str, explain: Option<u32>) -> answer::Article {
        let document = ArticleDocument::new(&outline, text);
        let prediction = self.predict(document.document(), explain);
        answer::Article {
            outline,
            title: document.title().to_owned(),
            text: document.text().to_owned(),
            topics: self.topics(prediction, |place| Some(document.locate(place))),
        }
    }

    fn identity(&self) -> ModelIdentity {
        ModelIdentity { name: self.model.manifest().name.clone(), digest: self.model.digest().to_owned() }
    }
}

impl Source for Local {
    fn classify(&self, title: &str, text: &str, explain: Option<u32>) -> anyhow::Result<Classification> {
        let prediction = self.predict(&Document::new(title, text), explain);
        let no_topic = prediction.no_topic;
        Ok(Classification { topics: self.topics(prediction, |_| None), no_topic, model: self.identity() })
    }

    fn segment(&self, text: &str, cut: Cut) -> anyhow::Result<Vec<Word>> {
        let document = Document::new("", text);
        let text = document.normalized();
        let terms = self.model.features().terms();
        let segmenter = terms.segmenter();
        let tokens = if cut.parts_of_speech {
            segmenter.tag(text, true)
        } else {
            segmenter.segment(text, cut.mode, true)
        };
        let kept = tokens
            .into_iter()
            .filter(|token| !(cut.no_stop_words && terms.stop_words().contains(token.word)));
        let word = |token: wenlei_text::Token| Word {
            text: token.word.to_owned(),
            part_of_speech: token.tag.unwrap_or_default().to_owned(),
        };
        Ok(kept.map(word).collect())
    }

    fn features(&self, text: &str, listed: u32, keywords: u32) -> anyhow::Result<Features> {
        let extractor = self.model.features();
        let vector = extractor.extract(&Document::new("", text));
        let heaviest = vector.heaviest(listed as usize).into_iter().map(|feature| {
            let (family, term) = extractor.term(feature.index);
            answer::Feature {
                term: term.to_owned(),
                family: match family {
                    Family::Word => answer::Family::Word,
                    _ => answer::Family::Characters,
                },
                count: feature.count,
                idf: extractor.idf(feature.index).into(),
                weight: feature.value.into(),
            }
        });
        let keywords = extractor.keywords(&vector, keywords as usize).into_iter();
        Ok(Features {
            present: vector.features.len(),
            dimension: extractor.dimension(),
            heaviest: heaviest.collect(),
            keywords: keywords.map(|(word, _)| word.to_owned()).collect(),
        })
    }

    fn page(&self, text: &str, explain: Option<u32>) -> anyhow::Result<Page> {
        let page = page::split(text);
        let articles = page.articles.into_iter().map(|outline| self.article(outline, text, explain));
        Ok(Page { articles: articles.collect(), furniture: page.furniture, model: self.identity() })
    }
}
