/// A row of the full-text index: the words of a text, as they are put in and have to be said to be taken out.
struct SearchRow {
    /// Of a case, its id and twenty bits that tell its texts apart; of a customer, their id. Below zero it is a text of before,
    /// see `FormerText`.
    let id: Int64
    /// The words of what was written, and of who it is.
    let body: [UInt8]

    /// Below them a row's id has the case's.
    static let bits: Int64 = 20

    /// The complaint.
    static func complaint(ofCase id: Int64) -> Int64 { id << bits }

    /// What can be edited of a case: its first log entry, which opens it, has nothing else that is searched.
    static func fields(ofCase id: Int64) -> Int64 { id << bits | fieldsPlace }

    static let fieldsPlace: Int64 = 1
    /// The places of a case are below it.
    static let places: Int64 = 1 << bits
}
