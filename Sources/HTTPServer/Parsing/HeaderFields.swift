public import HTTPTypes

/// The header fields of a request, in the order they came.
public struct HeaderFields: Sendable, Hashable {
    /// One field line.
    public struct Line: Sendable, Hashable {
        /// What case it is written in makes no difference.
        public let name: HTTPField.Name
        /// One for every line, also where they make up one list.
        public let value: FieldValue
    }

    private struct Place: Sendable, Hashable {
        let name: HTTPField.Name
        let start: Int
        let end: Int
    }

    /// All values, one behind the other: a request costs two allocations, however many fields it has.
    private var values: [UInt8] = []
    private var places: [Place] = []

    /// No fields.
    public init() {}

    init(capacity: Int, bytes: Int) {
        places.reserveCapacity(capacity)
        values.reserveCapacity(bytes)
    }

    /// The same fields, one line each.
    public init(_ fields: HTTPFields) {
        for field in fields {
            field.withUnsafeBytesOfValue { bytes in
                bytes.withMemoryRebound(to: UInt8.self) { append(field.name, UnsafeRawBufferPointer($0)) }
            }
        }
    }

    /// Adds a line behind the others.
    mutating func append(_ name: HTTPField.Name, _ value: UnsafeRawBufferPointer) {
        let start = values.count
        values.append(contentsOf: value)
        places.append(Place(name: name, start: start, end: values.count))
    }

    /// Adds a line behind the others; the value is in UTF-8.
    public mutating func append(_ name: HTTPField.Name, _ value: String) {
        Array(value.utf8).withUnsafeBytes { append(name, $0) }
    }

    /// The value of a field; of one that came in several lines, all of them joined by commas (RFC 9110 section 5.3). Nil
    /// when it did not come.
    public subscript(name: HTTPField.Name) -> FieldValue? {
        guard let first = places.firstIndex(where: { $0.name == name }) else { return nil }
        let others = places[(first + 1)...].filter { $0.name == name }
        guard !others.isEmpty else { return value(places[first]) }
        var joined = Array(values[places[first].start..<places[first].end])
        for place in others {
            joined += [UInt8(ascii: ","), .space]
            joined += values[place.start..<place.end]
        }
        return FieldValue(joined[...])
    }

    /// Whether there is such a field.
    public func contains(_ name: HTTPField.Name) -> Bool { places.contains { $0.name == name } }

    private func value(_ place: Place) -> FieldValue { FieldValue(values[place.start..<place.end]) }
}

extension HeaderFields: RandomAccessCollection {
    /// That of the first line.
    public var startIndex: Int { 0 }
    /// That behind the last line.
    public var endIndex: Int { places.count }

    /// A line, in the order they came.
    public subscript(index: Int) -> Line { Line(name: places[index].name, value: value(places[index])) }
}

extension HeaderFields: ExpressibleByDictionaryLiteral {
    /// One line each; the values are in UTF-8.
    public init(dictionaryLiteral elements: (HTTPField.Name, String)...) {
        for (name, value) in elements { append(name, value) }
    }
}
