import Complaints

/// One column of a list as CSV.
struct CSVColumn<Item>: Sendable {
    let name: String
    /// The cell of an item.
    let cell: @Sendable (Item) -> CSVCell

    init(_ name: String, _ cell: @escaping @Sendable (Item) -> CSVCell) {
        self.name = name
        self.cell = cell
    }

    /// A column of a part, as one of the whole.
    func of<Whole>(_ part: @escaping @Sendable (Whole) -> Item) -> CSVColumn<Whole> {
        CSVColumn<Whole>(name) { [cell] in cell(part($0)) }
    }
}

/// What stands in one cell.
enum CSVCell: Sendable, Hashable {
    case empty
    /// What a person wrote.
    case text(String)
    /// What the service made.
    case plain(String)

    var text: String {
        switch self {
        case .empty: ""
        case .text(let text), .plain(let text): text
        }
    }
}

extension CSVWriter {
    /// The names of the columns.
    mutating func header<Item>(_ columns: [CSVColumn<Item>]) {
        for column in columns { plainField(column.name) }
        endRecord()
    }

    /// An item.
    mutating func record<Item>(_ item: Item, _ columns: [CSVColumn<Item>]) {
        for column in columns {
            switch column.cell(item) {
            case .empty: plainField("")
            case .text(let text): field(text)
            case .plain(let text): plainField(text)
            }
        }
        endRecord()
    }
}
