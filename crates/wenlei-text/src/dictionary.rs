//! The user dictionary: words of the field that the general dictionary lacks.

use thiserror::Error;

/// A line of a dictionary that can't be read.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("dictionary line {line}: {problem}; a line is `word`, `word frequency` or `word frequency tag`")]
pub struct DictionaryError {
    /// 1-based number of the line.
    pub line: usize,
    /// What is wrong with it.
    pub problem: String,
}

/// Greatest frequency of a word: the segmenter adds all of them up.
const GREATEST_FREQUENCY: usize = u32::MAX as usize;

/// One word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The word, already in normal form (NFKC, lower case).
    pub word: String,
    /// How often it is taken to occur; `None` lets the segmenter choose the least that keeps the word whole.
    pub frequency: Option<usize>,
    /// Part of speech, `n` when none is given.
    pub tag: String,
}

/// Words added to the segmenter's general dictionary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserDictionary {
    entries: Vec<Entry>,
}

impl UserDictionary {
    /// Reads one word a line, optionally followed by a frequency and a tag; `#` begins a comment.
    ///
    /// # Errors
    /// A frequency that isn't a number or is beyond 4,294,967,295, or more than three columns.
    pub fn parse(text: &str) -> Result<Self, DictionaryError> {
        let entries = text
            .lines()
            .enumerate()
            .filter_map(|(index, line)| {
                let content = line.split('#').next().unwrap_or_default().trim();
                (!content.is_empty()).then(|| parse_entry(index + 1, content))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { entries })
    }

    /// The words in the order they were given.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

fn parse_entry(line: usize, content: &str) -> Result<Entry, DictionaryError> {
    let columns: Vec<&str> = content.split_whitespace().collect();
    let frequency = columns.get(1).map(|column| parse_frequency(line, column)).transpose()?;
    if columns.len() > 3 {
        return Err(DictionaryError { line, problem: format!("{} columns", columns.len()) });
    }
    let tag = columns.get(2).copied().unwrap_or("n").to_owned();
    Ok(Entry { word: columns[0].to_owned(), frequency, tag })
}

fn parse_frequency(line: usize, column: &str) -> Result<usize, DictionaryError> {
    let problem = match column.parse() {
        Ok(frequency) if frequency <= GREATEST_FREQUENCY => return Ok(frequency),
        Ok(_) => format!("{column} is too frequent, the limit is {GREATEST_FREQUENCY}"),
        Err(_) => format!("{column:?} is not a frequency"),
    };
    Err(DictionaryError { line, problem })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_optional_and_comments_are_skipped() {
        let dictionary = UserDictionary::parse("# 环保\n散乱污 900 n\n\n河长制\n").unwrap();
        assert_eq!(dictionary.entries().len(), 2);
        assert_eq!(dictionary.entries()[0].frequency, Some(900));
        assert_eq!(dictionary.entries()[1].frequency, None);
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = UserDictionary::parse("河长制\n散乱污 many").unwrap_err();
        assert!(error.to_string().starts_with("dictionary line 2: \"many\" is not a frequency"), "{error}");
    }

    /// The segmenter added it to the others, beyond what a number can hold.
    #[test]
    fn a_frequency_without_bound_is_refused() {
        let error = UserDictionary::parse("河长制 18446744073709551615").unwrap_err();
        assert!(error.to_string().contains("the limit is 4294967295"), "{error}");
    }
}
