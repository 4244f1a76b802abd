import Complaints

/// Where each field of a case comes from, as the command line says it.
struct ImportPlan {
    /// Where one field comes from.
    struct Source {
        /// The first of these columns that is not blank has the value.
        var columns: [String] = []
        /// What a column's value means; others stand for themselves.
        var translations: [ExactText: String] = [:]
        /// The value where no column has one.
        var fallback: String?
        /// What becomes of a row without a value.
        var blank: BlankCell?
    }

    /// Why the options make no plan.
    struct SyntaxError: Error, CustomStringConvertible {
        let description: String
    }

    private(set) var sources: [ImportField: Source] = [:]
    /// Whether the file is an export of Casekeeper.
    private(set) var isOwn = false

    /// The same for an export of Casekeeper with such a header: what nobody has said comes from its columns.
    func own(_ header: [String]) throws(SyntaxError) -> ImportPlan {
        var plan = self
        plan.isOwn = true
        for (field, column) in OwnExport.columns(in: header) where plan.sources[field]?.columns.isEmpty != false {
            plan.sources[field, default: Source()].columns = [column]
        }
        try plan.requireAll()
        return plan
    }

    /// From `FIELD=Column|Other`, `FIELD=VALUE`, `FIELD:From=to` and `FIELD=now` or `FIELD=skip`.
    ///
    /// - Parameter isWhole: whether nothing else will say where fields come from.
    init(
        maps: [String], sets: [String] = [], valueMaps: [String] = [], blanks: [String] = [],
        isWhole: Bool = true
    ) throws(SyntaxError) {
        for map in maps {
            let (field, columns) = try Self.field(of: map, before: "=", option: "--map FIELD='Column|Other'")
            guard sources[field, default: Source()].columns.isEmpty else {
                throw SyntaxError(description: "\(field.name) is mapped twice: give its columns as 'A|B'")
            }
            sources[field, default: Source()].columns = columns.split(separator: "|").map(String.init)
        }
        for set in sets {
            let (field, value) = try Self.field(of: set, before: "=", option: "--set FIELD=VALUE")
            guard sources[field, default: Source()].fallback == nil else {
                throw SyntaxError(description: "\(field.name) is set twice")
            }
            sources[field, default: Source()].fallback = String(value)
        }
        for valueMap in valueMaps {
            let option = "--value-map FIELD:From=to"
            let (field, pair) = try Self.field(of: valueMap, before: ":", option: option)
            guard let equals = pair.lastIndex(of: "=") else {
                throw SyntaxError(description: "'\(valueMap)' is not of the form \(option)")
            }
            guard !isWhole || sources[field]?.columns.isEmpty == false else {
                throw SyntaxError(description: "--value-map for \(field.name), but no --map for it")
            }
            sources[field, default: Source()].translations[ExactText(pair[..<equals])] = String(
                pair[pair.index(after: equals)...])
        }
        for blank in blanks {
            let (field, rule) = try Self.blankCell(blank)
            guard !isWhole || sources[field]?.columns.isEmpty == false else {
                throw SyntaxError(description: "--blank for \(field.name), but no --map for it")
            }
            guard sources[field]?.blank == nil else {
                throw SyntaxError(description: "--blank for \(field.name) is given twice")
            }
            sources[field, default: Source()].blank = rule
        }
        if isWhole { try requireAll() }
    }

    private func requireAll() throws(SyntaxError) {
        try require(.complaint)
        try require(.customerName, or: .customerExternalID)
    }

    /// Whether a header has all columns that are mapped.
    func fits(_ header: [String]) -> Bool {
        let columns = sources.values.flatMap(\.columns)
        return !columns.isEmpty && columns.allSatisfy { !BoundPlan.positions(of: $0, in: header).isEmpty }
    }

    /// Whether an option's text is a field, that character and something behind it.
    ///
    /// - Throws: `SyntaxError` for what is no field.
    static func check(_ text: String, before separator: Character) throws(SyntaxError) -> Bool {
        guard let end = text.firstIndex(of: separator), text.index(after: end) < text.endIndex else { return false }
        _ = try field(of: text, before: separator, option: "")
        return true
    }

    /// What `--blank` says, of a field and of what becomes of a row that has none.
    static func blankCell(_ text: String) throws(SyntaxError) -> (field: ImportField, rule: BlankCell) {
        let option = "--blank FIELD=skip, or \(ImportField.receivedAt.name)=now"
        let (field, word) = try field(of: text, before: "=", option: option)
        guard let rule = BlankCell(rawValue: String(word)), rule != .now || field == .receivedAt else {
            throw SyntaxError(description: "'\(text)' is not of the form \(option)")
        }
        return (field, rule)
    }

    private func require(_ field: ImportField, or other: ImportField? = nil) throws(SyntaxError) {
        guard sources[field] == nil, other.flatMap({ sources[$0] }) == nil else { return }
        let name = field.name
        throw SyntaxError(description: "a case needs \(name): give --map \(name)='Column' or --set \(name)=VALUE")
    }

    private static func field(
        of text: String, before separator: Character, option: String
    ) throws(SyntaxError) -> (field: ImportField, rest: Substring) {
        guard let end = text.firstIndex(of: separator), text.index(after: end) < text.endIndex else {
            throw SyntaxError(description: "'\(text)' is not of the form \(option)")
        }
        guard let field = ImportField(named: text[..<end]) else {
            throw SyntaxError(description: "'\(text[..<end])' is no field; the fields are \(ImportField.names)")
        }
        return (field, text[text.index(after: end)...])
    }
}
