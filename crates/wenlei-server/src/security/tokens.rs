//! Bearer tokens, kept as their hashes.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arc_swap::ArcSwap;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::SecurityError;

/// The tokens in force. A file has a line `NAME HASH [admin]` for each, HASH being the SHA-256 of the token in
/// hexadecimal; a name may have several, so that an old token and a new one are valid at once. Only a token with the
/// scope `admin` may change the server.
#[derive(Debug)]
pub struct Tokens {
    path: PathBuf,
    known: ArcSwap<Vec<Token>>,
}

#[derive(Debug)]
struct Token {
    hash: [u8; 32],
    caller: Caller,
}

/// Whose a token is, and what it is good for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Caller {
    pub(super) name: Arc<str>,
    /// Whether it may change the server.
    pub(super) admin: bool,
}

/// The scope of a token that may change the server.
const ADMIN: &str = "admin";

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
    pub(super) fn find(&self, token: &[u8]) -> Option<Caller> {
        let hash: [u8; 32] = Sha256::digest(token).into();
        let mut found = None;
        for known in self.known.load().iter() {
            if bool::from(known.hash.ct_eq(&hash)) {
                found = Some(known.caller.clone());
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
            let problem =
                || format!("line {}: not a name, a SHA-256 in hexadecimal and perhaps {ADMIN}", index + 1);
            parse(line).ok_or_else(|| SecurityError::new(path, problem()))
        })
        .collect::<Result<_, _>>()?;
    if tokens.is_empty() {
        return Err(SecurityError::new(path, "holds no token: nobody could call"));
    }
    Ok(tokens)
}

fn parse(line: &str) -> Option<Token> {
    let mut columns = line.split_whitespace();
    let (name, digits) = (columns.next()?, columns.next()?);
    let admin = match (columns.next(), columns.next()) {
        (None, _) => false,
        (Some(ADMIN), None) => true,
        _ => return None,
    };
    Some(Token { hash: hash(digits)?, caller: Caller { name: name.into(), admin } })
}

fn hash(digits: &str) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    if digits.len() != 2 * hash.len() {
        return None;
    }
    for (byte, pair) in hash.iter_mut().zip(digits.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(hash)
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
        let lines = format!("# news\nnews {}\nnews\t{}  admin\n", hash("old"), hash("new"));
        fs::write(&path, lines).unwrap();
        let tokens = Tokens::load(&path).unwrap();
        let caller = |admin| Some(Caller { name: "news".into(), admin });
        assert_eq!(tokens.find(b"old"), caller(false));
        assert_eq!(tokens.find(b"new"), caller(true));
        assert_eq!(tokens.find(b""), None);
    }

    #[test]
    fn a_scope_that_is_not_known_is_refused() {
        let digits = "0".repeat(64);
        assert!(parse(&format!("news {digits} admin")).is_some());
        for scope in ["Admin", "root", "admin admin", "admin,read"] {
            assert!(parse(&format!("news {digits} {scope}")).is_none(), "{scope}");
        }
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
