import CaseStore
import Complaints

extension OwnerFilter {
    /// The orders of `GET /v1/owners`.
    enum Sort: String, Vocabulary {
        case name
        case nameDescending = "-name"
    }

    /// The filters of `GET /v1/owners`.
    init(_ query: inout QueryReader) {
        self.init()
        team = query.team("The team they are in.")
        let sort: Sort? = query.word(
            "sort", "-name: from the last name on. Without it, name.", example: .nameDescending)
        isDescending = sort == .nameDescending
    }
}
