import Complaints

/// Columns of a list as CSV, one or several: those of a part are written together, so that the part is looked up once.
struct CSVColumns<Item>: Sendable {
    let names: [String]
    /// Writes the cells of an item, one for each name.
    let write: @Sendable (Item, inout CSVWriter) -> Void

    init(names: [String], _ write: @escaping @Sendable (Item, inout CSVWriter) -> Void) {
        self.names = names
        self.write = write
    }

    /// One column.
    init<Value: ShownValue>(_ name: String, _ value: @escaping @Sendable (Item) -> Value) {
        self.init(names: [name]) { item, csv in csv.write(value(item).cell) }
    }

    /// All of them, one after the other. A closure of closures, and no loop over them: what a closure has captured is
    /// called without being retained.
    init(_ parts: [CSVColumns]) {
        guard parts.count > 1 else {
            self = parts.first ?? CSVColumns(names: []) { _, _ in }
            return
        }
        let head = CSVColumns(Array(parts.prefix(parts.count / 2)))
        let tail = CSVColumns(Array(parts.dropFirst(parts.count / 2)))
        self.init(names: head.names + tail.names) { [head = head.write, tail = tail.write] item, csv in
            head(item, &csv)
            tail(item, &csv)
        }
    }

    /// The columns of a part, as those of the whole.
    func of<Whole>(_ part: @escaping @Sendable (Whole) -> Item) -> CSVColumns<Whole> {
        CSVColumns<Whole>(names: names) { [write] whole, csv in write(part(whole), &csv) }
    }

    /// The columns of a part that not every item has: empty cells then.
    ///
    /// - Parameter prefix: what their names begin with.
    func of<Whole>(
        _ prefix: String, _ part: @escaping @Sendable (Whole) -> Item?
    ) -> CSVColumns<Whole> {
        CSVColumns<Whole>(names: names.map { prefix + $0 }) { [write, count = names.count] whole, csv in
            guard let part = part(whole) else {
                for _ in 0..<count { csv.plainField("") }
                return
            }
            write(part, &csv)
        }
    }
}

/// What stands in one cell.
enum CSVCell: Sendable, Hashable {
    case empty
    /// What a person wrote.
    case text(String)
    /// What the service made.
    case plain(String)
    /// A number with a point before its fraction.
    case number(String)
    case instant(Instant)

    var text: String {
        switch self {
        case .empty: ""
        case .text(let text), .plain(let text), .number(let text): text
        case .instant(let instant): instant.rfc3339
        }
    }
}

extension CSVWriter {
    mutating func write(_ cell: CSVCell) {
        switch cell {
        case .empty: plainField("")
        case .text(let text): field(text)
        case .plain(let text): plainField(text)
        case .number(let text): number(text)
        case .instant(let instant): self.instant(instant)
        }
    }

    /// The names of the columns, which begin the file.
    mutating func header<Item>(_ columns: CSVColumns<Item>) { names(columns.names) }

    /// An item.
    mutating func record<Item>(_ item: Item, _ columns: CSVColumns<Item>) {
        columns.write(item, &self)
        endRecord()
    }
}
