//! Letters that Unicode does not take apart, in plain Latin ones. The build script reads this file too; it may
//! use nothing of the rest of the program.

/// The plain letters for a small Latin letter that has no decomposition: `o` for ø.
pub fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ı' => "i",
        'ħ' => "h",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        _ => return None,
    })
}

/// The two letters that agencies write for one they cannot send: Soeder for Söder (ICAO Doc 9303-3, section 6,
/// and DIN 5007-2).
pub fn two_letters(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ä' | 'æ' => "ae",
        'ö' | 'ø' => "oe",
        'ü' => "ue",
        'å' => "aa",
        'ß' => "ss",
        _ => return None,
    })
}
