/// An id of the record as an address of a page has it: digits without a zero before them, as the API takes it.
struct RecordID {
    let value: Int64

    /// Nil for what is no id.
    init?(_ text: String) {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text.utf8.first != 0x30, let value = Int64(text)
        else { return nil }
        self.value = value
    }
}
