import CaseStore
import Complaints

extension QueueFilter {
    /// The filters of `GET /v1/queue`.
    init(_ query: inout QueryReader) {
        self.init()
        kinds = query.words("kind", "Any of these.", example: [.threat, .overdue])
        owner = query.name("owner", as: .owner, "Of the case, for promises that of the promise.", example: "Kim")
        team = query.name("team", as: .team, "The team of the case.", example: "North")
    }
}
