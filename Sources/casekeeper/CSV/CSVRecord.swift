/// A record of a CSV file as it stands there.
struct CSVRecord: Hashable {
    /// The line it begins on, counting from 1; newlines in quotes count.
    var line: Int
    var fields: [String]
    /// Where the first quote stands that RFC 4180 does not allow there, if there is one: the fields are a guess then.
    var strayQuoteLine: Int?
}
