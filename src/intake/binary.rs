//! Tells text from pictures, programs and archives.

/// First bytes of common files that are no text, and what to call them. Sources: each format's own specification.
const SIGNATURES: [(&[u8], &str); 32] = [
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\0\0\x01\0", "an icon"),
    (b"%PDF-", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office document"),
    (b"PK\x03\x04", "a ZIP archive or a document in one (EPUB, DOCX, ODT)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program (ELF)"),
    (b"\xcf\xfa\xed\xfe", "a program (Mach-O)"),
    (b"\xca\xfe\xba\xbe", "a program (Mach-O or Java class)"),
    (b"\0asm", "a program (WebAssembly)"),
    (b"MZ\x90\0", "a program (Windows)"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1a\x45\xdf\xa3", "a Matroska film"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\0\x01\0\0", "a font"),
];

/// What the first bytes belong to, if that is no text.
pub(super) fn looks_like(bytes: &[u8]) -> Option<&'static str> {
    let at = |place: usize, sign: &[u8]| bytes.get(place..).is_some_and(|rest| rest.starts_with(sign));
    match () {
        () if at(0, b"RIFF") && at(8, b"WEBP") => Some("a WebP picture"),
        () if at(0, b"RIFF") && at(8, b"WAVE") => Some("a WAVE recording"),
        () if at(4, b"ftyp") => Some("a film or picture (MP4, HEIC)"),
        () if at(257, b"ustar") => Some("a tar archive"),
        // Signs that a text could begin with count only where something follows that no text has.
        () => SIGNATURES
            .iter()
            .find(|(sign, _)| {
                at(0, sign) && (sign.len() > 3 || !sign.is_ascii() || std::str::from_utf8(bytes).is_err())
            })
            .map(|(_, name)| *name),
    }
}

/// Whether decoded text has more control and replacement characters than any text in a legacy encoding: over one in
/// twenty. Random bytes have more than one in ten.
pub(super) fn too_wild(text: &str) -> bool {
    let (mut all, mut wild) = (0_usize, 0_usize);
    for c in text.chars() {
        all += 1;
        let harmless = matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{1b}' | '\u{85}');
        wild += usize::from(c == '\u{fffd}' || c.is_control() && !harmless);
    }
    wild * 20 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_files_are_called_by_their_name() {
        for (bytes, name) in [
            (b"\x89PNG\r\n\x1a\n\0\0".as_slice(), "a PNG picture"),
            (b"\x7fELF\x02\x01\x01\0", "a program (ELF)"),
            (b"\x1f\x8b\x08\0", "a gzip archive"),
            (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
            (b"\0\0\0\x20ftypisom", "a film or picture (MP4, HEIC)"),
            (b"BZh91AY&SY\xff\xfe", "a bzip2 archive"),
        ] {
            assert_eq!(looks_like(bytes), Some(name));
        }
    }

    #[test]
    fn words_that_begin_like_a_signature_are_words() {
        for text in ["ID3 tags explained", "BZh is a prefix", "MZ, a writer", "PKWare closes", "GIF artists meet"] {
            assert_eq!(looks_like(text.as_bytes()), None, "{text}");
        }
    }
}
