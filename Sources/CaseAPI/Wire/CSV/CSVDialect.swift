package import Complaints

/// What stands between the cells of a record.
package enum CSVSeparator: String, Vocabulary {
    case comma
    /// What spreadsheet programs take where the comma is in numbers.
    case semicolon

    var byte: UInt8 {
        switch self {
        case .comma: UInt8(ascii: ",")
        case .semicolon: UInt8(ascii: ";")
        }
    }
}

/// CSV dialect: how instants and texts are written, for whom.
package enum CSVDialect: Sendable, Hashable {
    /// For programs: RFC 4180, instants by RFC 3339.
    case plain
    /// For spreadsheet programs, which take whatever looks like a number, a date or a formula for one: instants are local
    /// dates and times of the zone, and every text is quoted and stays a text (`SpreadsheetText`).
    case spreadsheet(Zone, CSVSeparator = .comma)

    var separator: CSVSeparator {
        switch self {
        case .plain: .comma
        case .spreadsheet(_, let separator): separator
        }
    }

    /// Where its dates are those of.
    var zone: Zone {
        switch self {
        case .plain: .utc
        case .spreadsheet(let zone, _): zone
        }
    }
}
