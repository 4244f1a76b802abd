import Complaints

/// One column of a list as CSV.
struct CSVColumn<Item>: Sendable {
    let name: String
    /// The cell of an item in a list as of an instant.
    let cell: @Sendable (Item, Instant) -> CSVCell

    init(_ name: String, _ cell: @escaping @Sendable (Item, Instant) -> CSVCell) {
        self.name = name
        self.cell = cell
    }

    /// A column that does not depend on the instant.
    init(_ name: String, _ cell: @escaping @Sendable (Item) -> CSVCell) {
        self.init(name) { item, _ in cell(item) }
    }
}

/// What stands in one cell.
enum CSVCell: Sendable, Hashable {
    case empty
    /// What a person wrote.
    case text(String)
    /// What the service made.
    case plain(String)

    static func text(_ text: String?) -> CSVCell { text.map(CSVCell.text) ?? .empty }
    static func integer(_ integer: Int64?) -> CSVCell { integer.map { .plain(String($0)) } ?? .empty }
    static func number(_ number: Double?) -> CSVCell { number.map { .plain($0.description) } ?? .empty }
    static func flag(_ flag: Bool) -> CSVCell { .plain(flag ? "true" : "false") }
    static func instant(_ instant: Instant?) -> CSVCell { instant.map { .plain($0.rfc3339) } ?? .empty }
    static func word(_ word: (some Vocabulary)?) -> CSVCell { word.map { .plain($0.rawValue) } ?? .empty }
}

extension CSVWriter {
    /// The names of the columns.
    mutating func header<Item>(_ columns: [CSVColumn<Item>]) {
        for column in columns { plainField(column.name) }
        endRecord()
    }

    /// One item a record.
    mutating func records<Item>(_ items: [Item], _ columns: [CSVColumn<Item>], asOf: Instant) {
        for item in items {
            for column in columns { field(column.cell(item, asOf)) }
            endRecord()
        }
    }

    private mutating func field(_ cell: CSVCell) {
        switch cell {
        case .empty: plainField("")
        case .text(let text): field(text)
        case .plain(let text): plainField(text)
        }
    }
}
