import Complaints
import GRDB

/// What is searched of a record's fields.
protocol SearchedRecord: EditedRecord {
    static var historySubject: HistorySubject { get }
    /// Where its rows are; its alias is `c`.
    static var table: String { get }
    /// Since when it is on record.
    static var since: String { get }
    /// The index of its words.
    static var index: String { get }
    /// The statements that keep it.
    static var statements: SearchStatements { get }
    /// The fields that a search looks at.
    static var searchedColumns: [SearchedColumn<Self>] { get }

    /// A row that the index has; nil where there is none of that id.
    static func row(_ id: Int64, _ texts: SearchTexts) throws -> SearchRow?
}

/// A field that a search looks at, in the row of its record.
struct SearchedColumn<Record: EditedRecord>: Sendable {
    /// What stands in the column.
    enum Form {
        case text
        /// A JSON array of texts.
        case texts
        /// The id of a name.
        case name
    }

    let field: EditedField<Record>
    let use: SearchedField
    let form: Form
    /// The column of `c`.
    var sql: String { form == .name ? "c.\(field.name)_id" : "c.\(field.name)" }
}

extension CaseFields: SearchedRecord {
    static let historySubject = HistorySubject.case
    static let table = "complaint_case"
    static let since = "opened_at"
    static let index = "case_text"
    static let searchedColumns = columns()
    static let statements = SearchStatements(of: CaseFields.self)

    static func row(_ id: Int64, _ texts: SearchTexts) throws -> SearchRow? {
        id < 0 ? try FormerTexts(of: CaseFields.self, texts).row(id) : try texts.row(ofCase: id)
    }
}

extension CustomerFields: SearchedRecord {
    static let historySubject = HistorySubject.customer
    static let table = "customer"
    static let since = "recorded_at"
    static let index = "customer_text"
    static let searchedColumns = columns()
    static let statements = SearchStatements(of: CustomerFields.self)

    static func row(_ id: Int64, _ texts: SearchTexts) throws -> SearchRow? {
        id < 0
            ? try FormerTexts(of: CustomerFields.self, texts).row(id)
            : try texts.customers(after: id - 1, through: id).first
    }
}

extension SearchedRecord {
    fileprivate static func columns() -> [SearchedColumn<Self>] {
        editedFields.compactMap { field in
            guard let use = field.search else { return nil }
            let isName = historySubject == .case && NameRole(rawValue: field.name) != nil
            let isTexts = if case .texts = field.type { true } else { false }
            return SearchedColumn(field: field, use: use, form: isName ? .name : isTexts ? .texts : .text)
        }
    }

    /// The columns as they are, one after the other.
    static var searched: String { searchedColumns.map(\.sql).joined(separator: ", ") }

    /// The same as they were at the instant that `now` stands for, of the record whose id is `id`.
    static func searched(at now: String, id: String) -> String {
        searchedColumns.map {
            ReadTransaction.before($0.sql, $0.field.name, of: historySubject, id: id, since: now)
        }
        .joined(separator: ", ")
    }

    /// Whether a search takes both for the same.
    func isSearchedAs(_ other: Self) -> Bool {
        Self.searchedColumns.allSatisfy { $0.field.value(self) == $0.field.value(other) }
    }

    /// The names of the fields, as values of a list.
    static var searchedNames: String { searchedColumns.map { "'\($0.field.name)'" }.joined(separator: ", ") }

    /// The row of the index for what those columns say. What identifies a case, and who called for its customer, is there a
    /// second time, as that.
    static func searched(_ row: Columns, from start: Int, id: Int64, _ texts: SearchTexts) throws -> SearchRow {
        var body = SearchBody(capacity: 128)
        for (index, column) in searchedColumns.enumerated() where !row.isNull(start + index) {
            let words: Range<Int>
            switch column.form {
            case .text: words = row.withText(start + index) { body.add($0) }
            case .name: words = body.add(try texts.names.spelling(row.integer(start + index), texts.db))
            case .texts: words = try row.withText(start + index) { try body.add(texts: $0) }
            }
            let keys: Range<Int>
            switch column.use {
            case .text: continue
            case .phone: keys = body.addNumbers(of: row.text(start + index))
            case .key: keys = words
            }
            // A customer is nothing else than who they are.
            if historySubject == .case { body.addAsKey(keys) }
        }
        return SearchRow(id: id, body: body.bytes)
    }
}

extension SearchBody {
    /// Adds the words of the texts of a JSON array, each as one.
    fileprivate mutating func add(texts json: UnsafeBufferPointer<UInt8>) throws -> Range<Int> {
        let start = bytes.count
        if json.contains(UInt8(ascii: "\\")) {
            for text in try CaseColumns.tags(String(decoding: json, as: UTF8.self)) { add(text) }
        } else {
            // Where nothing is escaped, a quote can only be that of a text.
            var rest = json[...]
            while let first = rest.firstIndex(of: UInt8(ascii: "\"")) {
                let text = rest[(first + 1)...]
                guard let last = text.firstIndex(of: UInt8(ascii: "\"")) else {
                    throw StoreError.unreadable("\(String(decoding: json, as: UTF8.self)) is no list of texts")
                }
                add(UnsafeBufferPointer(rebasing: text[..<last]))
                rest = text[(last + 1)...]
            }
        }
        return start..<bytes.count
    }
}
