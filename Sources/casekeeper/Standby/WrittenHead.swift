import CaseStore

/// A head that was written down before: the hash of an entry of the log, and its place where that was written down too.
struct WrittenHead: Sendable {
    let hash: String
    let entry: Int?

    /// How much of the log is lacking before it, in words; nil where its place is not known, or the log goes on to there.
    func shortfall(in verification: Verification) -> String? {
        guard let entry, verification.entries < entry else { return nil }
        let lacking = entry - verification.entries
        return "the log ends with entry \(verification.entries), \(lacking) before the head that was written down"
    }

    /// - Throws: `CommandFailure` (65) where the entry that it names by number has another hash.
    func requireAsWritten(in reader: Reader) throws {
        guard let entry else { return }
        let found = try reader.read { try $0.hash(ofEntry: Int64(entry)) }
        guard let found, found.lowercased().utf8.elementsEqual(hash.lowercased().utf8) else {
            throw CommandFailure(
                .badData,
                "entry \(entry) \(found == nil ? "is not there" : "has another hash than the one written down with it"), though the "
                    + "log has that hash: the head was not written down as it was, and nothing was changed")
        }
    }

    /// - Parameter text: the hash, alone or behind the number of the entry and a colon.
    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let hash = parts.last, hash.utf8.count == 64, hash.utf8.allSatisfy(Self.isHexadecimal)
        else { return nil }
        self.hash = String(hash)
        guard parts.count == 2 else {
            entry = nil
            return
        }
        guard let entry = Int(parts[0]), entry > 0 else { return nil }
        self.entry = entry
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}

extension OptionForm where Value == WrittenHead {
    /// As `verify` prints it, and with its place before it.
    static var head: OptionForm {
        OptionForm(
            "the 64 hexadecimal digits that verify prints, alone or behind the number of the entry and a colon",
            text: { head in head.entry.map { "\($0):\(head.hash)" } ?? head.hash }
        ) { WrittenHead($0) }
    }
}
