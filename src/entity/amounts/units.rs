//! Currencies, measures, and what is counted.

/// The currency of a sign or code before a number.
pub(super) fn symbol(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "$" | "US$" | "USD" => "USD",
        "£" | "GBP" => "GBP",
        "€" | "EUR" => "EUR",
        "¥" | "JPY" => "JPY",
        "₹" | "Rs" | "Rs." | "INR" => "INR",
        "₽" | "RUB" => "RUB",
        "₦" | "N" | "NGN" => "NGN",
        "₩" | "KRW" => "KRW",
        "₪" | "ILS" => "ILS",
        "₺" | "TRY" => "TRY",
        "CHF" => "CHF",
        "AED" => "AED",
        "RM" | "MYR" => "MYR",
        "SR" | "SAR" => "SAR",
        "QR" | "QAR" => "QAR",
        "RO" | "OMR" => "OMR",
        "BD" | "BHD" => "BHD",
        "KD" | "KWD" => "KWD",
        "JD" | "JOD" => "JOD",
        "LE" | "EGP" => "EGP",
        "Tk" | "BDT" | "৳" => "BDT",
        "R" | "ZAR" => "ZAR",
        "RMB" | "CNY" => "CNY",
        "Rp" | "IDR" => "IDR",
        "PHP" | "Php" | "₱" => "PHP",
        "GHS" | "GH₵" | "GH¢" | "₵" => "GHS",
        "Sh" | "KSh" | "Ksh" | "Sh." | "KES" => "KES",
        "USh" | "Ush" | "UGX" => "UGX",
        "TSh" | "Tsh" | "TZS" => "TZS",
        "THB" | "฿" => "THB",
        "PKR" => "PKR",
        "LKR" => "LKR",
        "NPR" => "NPR",
        "ZMW" => "ZMW",
        "AUD" => "AUD",
        "CAD" => "CAD",
        "SGD" => "SGD",
        "NZD" => "NZD",
        "HKD" => "HKD",
        "SEK" => "SEK",
        "NOK" => "NOK",
        "DKK" => "DKK",
        "PLN" => "PLN",
        "BRL" => "BRL",
        "MXN" => "MXN",
        "VND" | "₫" => "VND",
        "UAH" | "₴" => "UAH",
        _ => return None,
    })
}

/// The currency of a dollar sign behind letters: "A$", "HK$".
pub(super) fn dollar(letters: &str) -> Option<&'static str> {
    Some(match letters {
        "US" => "USD",
        "A" | "AU" | "AUD" => "AUD",
        "C" | "CA" | "CAD" => "CAD",
        "HK" => "HKD",
        "NZ" => "NZD",
        "S" => "SGD",
        "NT" => "TWD",
        "R" => "BRL",
        "J" => "JMD",
        "TT" => "TTD",
        "N" => "NAD",
        _ => return None,
    })
}

/// The currency a word behind a number names.
pub(super) fn currency(lower: &str) -> Option<&'static str> {
    Some(match lower {
        "dollar" | "dollars" | "usd" | "$" => "USD",
        "euro" | "euros" | "eur" | "€" => "EUR",
        "pound" | "pounds" | "gbp" | "£" => "GBP",
        "yen" => "JPY",
        "yuan" | "renminbi" => "CNY",
        "rupee" | "rupees" => "INR",
        "rouble" | "roubles" | "ruble" | "rubles" => "RUB",
        "rand" => "ZAR",
        "naira" => "NGN",
        "shilling" | "shillings" => "shillings",
        "franc" | "francs" => "francs",
        "peso" | "pesos" => "pesos",
        "dinar" | "dinars" => "dinars",
        "dirham" | "dirhams" => "dirhams",
        "riyal" | "riyals" => "riyals",
        "lira" => "lira",
        "won" => "KRW",
        "ringgit" => "MYR",
        "baht" => "THB",
        "rupiah" => "IDR",
        "kronor" | "kroner" | "krona" => "kronor",
        "cent" | "cents" => "cents",
        "pence" => "pence",
        "taka" => "BDT",
        "real" | "reais" => "BRL",
        _ => return None,
    })
}

/// Whether a word is a unit of measurement or of counting.
pub(in crate::entity) fn is_unit(lower: &str) -> bool {
    measure(lower).is_some() || counted(lower) || currency(lower).is_some()
}

pub(super) fn measure(lower: &str) -> Option<&'static str> {
    Some(match lower {
        "km" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => "km",
        "mile" | "miles" => "miles",
        "metre" | "metres" | "meter" | "meters" => "m",
        "cm" | "centimetre" | "centimetres" | "centimeter" | "centimeters" => "cm",
        "mm" | "millimetre" | "millimetres" | "millimeter" | "millimeters" => "mm",
        "ft" | "ft." | "foot" | "feet" => "ft",
        "inch" | "inches" => "inches",
        "yard" | "yards" => "yards",
        "kg" | "kilogram" | "kilograms" | "kilo" | "kilos" => "kg",
        "gram" | "grams" | "grammes" => "g",
        "tonne" | "tonnes" => "t",
        "ton" | "tons" => "tons",
        "lb" | "lbs" => "lb",
        "ounce" | "ounces" => "oz",
        "hectare" | "hectares" | "ha" => "ha",
        "acre" | "acres" => "acres",
        "km²" | "sq" => "km²",
        "km/h" | "kph" => "km/h",
        "mph" => "mph",
        "knots" => "knots",
        "litre" | "litres" | "liter" | "liters" => "l",
        "gallon" | "gallons" => "gallons",
        "barrel" | "barrels" => "barrels",
        "watt" | "watts" => "W",
        "megawatt" | "megawatts" | "mw" => "MW",
        "gigawatt" | "gigawatts" | "gw" => "GW",
        "kilowatt" | "kilowatts" | "kw" => "kW",
        "volts" => "V",
        _ => return None,
    })
}

pub(super) fn counted(lower: &str) -> bool {
    matches!(
        lower,
        "people"
            | "persons"
            | "civilians"
            | "troops"
            | "soldiers"
            | "killed"
            | "dead"
            | "wounded"
            | "injured"
            | "casualties"
            | "deaths"
            | "fatalities"
            | "victims"
            | "refugees"
            | "migrants"
            | "protesters"
            | "demonstrators"
            | "workers"
            | "students"
            | "children"
            | "women"
            | "men"
            | "residents"
            | "inhabitants"
            | "families"
            | "households"
            | "members"
            | "fighters"
            | "militants"
            | "insurgents"
            | "rebels"
            | "policemen"
            | "officers"
            | "prisoners"
            | "detainees"
            | "hostages"
            | "passengers"
            | "patients"
            | "cases"
            | "homes"
            | "houses"
            | "villagers"
            | "employees"
            | "voters"
            | "survivors"
    )
}
