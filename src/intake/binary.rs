//! Tells text from pictures, programs and archives.

use memchr::memmem;

use super::foreign::Foreign;

/// First bytes of common files that are no text, and what they are. Sources: each format's own specification. What could
/// also begin a text counts only where something follows that no text has.
const SIGNATURES: [(&[u8], Foreign); 29] = [
    (b"\x89PNG", Foreign::picture("a PNG picture")),
    (b"\xff\xd8\xff", Foreign::picture("a JPEG picture")),
    (b"GIF87a", Foreign::picture("a GIF picture")),
    (b"GIF89a", Foreign::picture("a GIF picture")),
    (b"II*\0", Foreign::picture("a TIFF picture")),
    (b"MM\0*", Foreign::picture("a TIFF picture")),
    (b"\0\0\x01\0", Foreign::mute("picture", "an icon")),
    (b"PK\x05\x06", Foreign::mute("archive", "an empty ZIP archive")),
    (b"\x1f\x8b", Foreign::compressed("a gzip archive", "gzip -dc {} | dateline -")),
    (b"\x1f\x9d", Foreign::compressed("a compressed file", "gzip -dc {} | dateline -")),
    (b"BZh", Foreign::compressed("a bzip2 archive", "bzip2 -dc {} | dateline -")),
    (b"\xfd7zXZ\0", Foreign::compressed("an xz archive", "xz -dc {} | dateline -")),
    (b"\x28\xb5\x2f\xfd", Foreign::compressed("a zstd archive", "zstd -dc {} | dateline -")),
    (b"7z\xbc\xaf\x27\x1c", Foreign::archive("a 7z archive", ".7z", "7z x -ounpacked {} && dateline unpacked")),
    (b"Rar!\x1a\x07", Foreign::archive("a RAR archive", ".rar", "unrar x {} unpacked/ && dateline unpacked")),
    (b"\x7fELF", Foreign::mute("program", "a program (ELF)")),
    (b"\xcf\xfa\xed\xfe", Foreign::mute("program", "a program (Mach-O)")),
    (b"\xca\xfe\xba\xbe", Foreign::mute("program", "a program (Mach-O or Java class)")),
    (b"\0asm", Foreign::mute("program", "a program (WebAssembly)")),
    (b"MZ\x90\0", Foreign::mute("program", "a program (Windows)")),
    (b"SQLite format 3\0", Foreign::mute("database", "an SQLite database")),
    (b"ID3\x03", Foreign::mute("recording", "an MP3 recording")),
    (b"ID3\x04", Foreign::mute("recording", "an MP3 recording")),
    (b"OggS", Foreign::mute("recording", "an Ogg recording")),
    (b"fLaC", Foreign::mute("recording", "a FLAC recording")),
    (b"\x1a\x45\xdf\xa3", Foreign::mute("recording", "a Matroska film")),
    (b"wOFF", Foreign::mute("font", "a font")),
    (b"wOF2", Foreign::mute("font", "a font")),
    (b"\0\x01\0\0", Foreign::mute("font", "a font")),
];

/// Bytes in which the mark of a PDF may stand (ISO 32000-2, annex I, on what readers accept).
const PDF_WITHIN: usize = 1024;

/// What the first bytes belong to, if that is no text.
pub(super) fn looks_like(bytes: &[u8]) -> Option<Foreign> {
    let at = |place: usize, sign: &[u8]| bytes.get(place..).is_some_and(|rest| rest.starts_with(sign));
    if let Some(written) = written_in_letters(bytes) {
        return Some(written);
    }
    let is_data = || bytes.iter().copied().any(is_odd);
    match () {
        () if at(0, b"BM") && at(6, &[0; 4]) => Some(Foreign::picture("a BMP picture")),
        () if at(0, b"PK\x03\x04") => Some(zipped(bytes)),
        () if at(0, b"\xd0\xcf\x11\xe0") => Some(old_office(bytes)),
        () if at(0, b"RIFF") && at(8, b"WEBP") && is_data() => Some(Foreign::picture("a WebP picture")),
        () if at(0, b"RIFF") && at(8, b"WAVE") && is_data() => Some(Foreign::mute("recording", "a WAVE recording")),
        () if at(4, b"ftyp") && is_data() => {
            let is_picture = [b"heic", b"heix", b"mif1", b"msf1", b"avif"].into_iter().any(|brand| at(8, brand));
            Some(if is_picture { Foreign::HEIC } else { Foreign::mute("recording", "a film (MP4)") })
        }
        () if at(60, b"BOOKMOBI") && is_data() => Some(Foreign::MOBI),
        () if at(257, b"ustar") && is_data() => Some(Foreign::TAR),
        () => {
            let is_letters = |sign: &[u8]| sign.iter().all(u8::is_ascii_graphic);
            let known = SIGNATURES.iter().find(|(sign, _)| at(0, sign) && (!is_letters(sign) || is_data()));
            let is_pdf = || memmem::find(bytes.get(..PDF_WITHIN).unwrap_or(bytes), b"%PDF-1.").is_some() && is_data();
            known.map(|(_, foreign)| *foreign).or_else(|| is_pdf().then_some(Foreign::PDF))
        }
    }
}

/// Documents that are, or may be, nothing but letters. An article about them may begin with the same sign, but goes on in
/// another way.
fn written_in_letters(bytes: &[u8]) -> Option<Foreign> {
    let blank = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let bytes = bytes.get(blank..).unwrap_or_default();
    let next = |rest: &[u8], signs: &[u8]| rest.first().is_some_and(|byte| signs.contains(byte));
    if let Some(rest) = bytes.strip_prefix(b"%PDF-") {
        let version = rest.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
        return (version > 1 && next(rest.get(version..)?, b"\r\n")).then_some(Foreign::PDF);
    }
    if let Some(rest) = bytes.strip_prefix(b"%!PS") {
        return (next(rest, b"\r\n") || rest.starts_with(b"-Adobe-")).then_some(Foreign::POSTSCRIPT);
    }
    let rest = bytes.strip_prefix(b"{\\rtf")?;
    let version = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    next(rest.get(version..)?, b"\\{").then_some(Foreign::RTF)
}

/// Whether no text, in whatever encoding of single bytes, has this.
fn is_odd(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)
}

/// What kind of document a ZIP archive is: the names in it are not compressed (APPNOTE.TXT 4.3.7), and EPUB and
/// `OpenDocument` begin with their type.
fn zipped(bytes: &[u8]) -> Foreign {
    let has = |words: &str| memmem::find(bytes, words.as_bytes()).is_some();
    let begins = |words: &str| memmem::find(bytes.get(..128).unwrap_or(bytes), words.as_bytes()).is_some();
    if begins("mimetypeapplication/epub+zip") || has("META-INF/container.xml") {
        Foreign::EPUB
    } else if begins("mimetypeapplication/vnd.oasis.opendocument.text") {
        Foreign::ODT
    } else if has("word/document.xml") {
        Foreign::DOCX
    } else if begins("mimetypeapplication/vnd.oasis") || has("xl/workbook.") || has("ppt/presentation.xml") {
        Foreign::OFFICE
    } else {
        Foreign::ZIP
    }
}

/// Which of the old Microsoft formats: its streams have names, in UTF-16 (MS-CFB 2.6.1).
fn old_office(bytes: &[u8]) -> Foreign {
    let name: Vec<u8> = "WordDocument".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if memmem::find(bytes, &name).is_some() { Foreign::OLD_WORD } else { Foreign::OFFICE }
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
        let name = |bytes: &[u8]| looks_like(bytes).map(|foreign| foreign.name);
        for (bytes, wanted) in [
            (b"\x89PNG\r\n\x1a\n\0\0".as_slice(), "a PNG picture"),
            (b"GIF89a\x01\0\x01\0", "a GIF picture"),
            (b"\x7fELF\x02\x01\x01\0", "a program (ELF)"),
            (b"\x1f\x8b\x08\0", "a gzip archive"),
            (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
            (b"%PDF-1.4\r1 0 obj", "a PDF document"),
            (b"\r\n\n%PDF-1.4\n1 0 obj\n<< >>\nendobj\n", "a PDF document"),
            (b"\n\n%PDF-1.4\n%\xe2\xe3\0", "a PDF document"),
            (b"%!PS-Adobe-3.0\n", "a PostScript document"),
            (b"{\\rtf1\\ansi Words.}", "an RTF document"),
            (b"\0\0\0\x20ftypisom", "a film (MP4)"),
            (b"\0\0\0\x20ftypheic", "a HEIC or AVIF picture"),
            (b"BZh91AY&SY\xff\xfe\x01", "a bzip2 archive"),
            (b"PK\x03\x04\x14\0mimetypeapplication/epub+zipPK", "an EPUB book"),
            (b"PK\x03\x04\x14\0mimetypeapplication/vnd.oasis.opendocument.textPK", "an OpenDocument text (ODT)"),
            (b"PK\x03\x04\x14\0[Content_Types].xml\0PK\x01\x02word/document.xml", "a Word document (DOCX)"),
            (b"PK\x03\x04\x14\0[Content_Types].xml\0PK\x01\x02xl/workbook.xml", "an office document"),
            (b"PK\x03\x04\x14\0notes.txt\0", "a ZIP archive"),
            (b"\xd0\xcf\x11\xe0\0W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", "an old Word document (DOC)"),
            (b"\xd0\xcf\x11\xe0\0W\0o\0r\0k\0b\0o\0o\0k\0", "an office document"),
        ] {
            assert_eq!(name(bytes), Some(wanted), "{bytes:?}");
        }
    }

    #[test]
    fn words_that_begin_like_a_signature_are_words() {
        for text in [
            "ID3 tags explained",
            "BZh is a prefix",
            "MZ, a writer",
            "PKWare closes",
            "GIF89a: thirty-five years of moving pictures",
            "BMW recalls cars",
            "The ftyp box of a film",
            "OggS is how pages begin",
            "RIFF at WEBP",
            "%PDF- and a version is how it begins",
            "%PDF-1.7 is the last version",
            "%!PS is a comment",
            "{\\rtf1 is how it begins",
        ] {
            assert_eq!(looks_like(text.as_bytes()), None, "{text}");
            // In an older encoding the words are no UTF-8.
            assert_eq!(looks_like(&[text.as_bytes(), b" \x96 na\xefve"].concat()), None, "{text}");
        }
    }
}
