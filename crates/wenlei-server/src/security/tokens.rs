//! Bearer tokens, kept as their hashes.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arc_swap::ArcSwap;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::SecurityError;

/// The tokens in force. A file has a line `NAME HASH` for each, HASH being the SHA-256 of the token in hexadecimal; a
/// name may have several, so that an old token and a new one are valid at once.
#[derive(Debug)]
pub struct Tokens {
    path: PathBuf,
    known: ArcSwap<Vec<Token>>,
}

#[derive(Debug)]
struct Token {
    name: Arc<str>,
    hash: [u8; 32],
}

impl Tokens {
    /// Reads the file.
    ///
    /// # Errors
    /// It can't be read, a line is no name and hash, or it has no token.
    pub fn load(path: &Path) -> Result<Self, SecurityError> {
        Ok(Self { path: path.to_owned(), known: ArcSwap::from_pointee(read(path)?) })
    }

    /// Reads the file again.
    ///
    /// # Errors
    /// As [`Tokens::load`]; the tokens in force stay.
    pub fn reload(&self) -> Result<(), SecurityError> {
        self.known.store(Arc::new(read(&self.path)?));
        Ok(())
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whose token it is. The time this takes tells nothing of the tokens there are.
    pub(super) fn name(&self, token: &[u8]) -> Option<Arc<str>> {
        let hash: [u8; 32] = Sha256::digest(token).into();
        let mut found = None;
        for known in self.known.load().iter() {
            if bool::from(known.hash.ct_eq(&hash)) {
                found = Some(known.name.clone());
            }
        }
        found
    }
}

fn read(path: &Path) -> Result<Vec<Token>, SecurityError> {
    let text = fs::read_to_string(path).map_err(|error| SecurityError::new(path, error))?;
    let lines = text.lines().map(str::trim).enumerate();
    let tokens: Vec<Token> = lines
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(index, line)| {
            let problem = || format!("line {}: not a name and a SHA-256 in hexadecimal", index + 1);
            parse(line).ok_or_else(|| SecurityError::new(path, problem()))
        })
        .collect::<Result<_, _>>()?;
    if tokens.is_empty() {
        return Err(SecurityError::new(path, "holds no token: nobody could call"));
    }
    Ok(tokens)
}

fn parse(line: &str) -> Option<Token> {
    let (name, text) = line.split_once(char::is_whitespace)?;
    let text = text.trim().as_bytes();
    let mut hash = [0; 32];
    if text.len() != 2 * hash.len() {
        return None;
    }
    for (byte, digits) in hash.iter_mut().zip(text.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(Token { name: name.into(), hash })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_tokens_of_one_name_are_valid_at_once() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("tokens");
        let hash = |token: &str| {
            Sha256::digest(token).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
        };
        fs::write(&path, format!("# news\nnews {}\nnews\t{}\n", hash("old"), hash("new"))).unwrap();
        let tokens = Tokens::load(&path).unwrap();
        assert_eq!(tokens.name(b"old").as_deref(), Some("news"));
        assert_eq!(tokens.name(b"new").as_deref(), Some("news"));
        assert_eq!(tokens.name(b""), None);
    }

    #[test]
    fn a_bad_line_is_named_and_not_shown() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("tokens");
        fs::write(&path, "news the-token-itself\n").unwrap();
        let error = Tokens::load(&path).unwrap_err().to_string();
        assert!(error.contains("line 1") && !error.contains("the-token-itself"), "{error}");
    }
}
