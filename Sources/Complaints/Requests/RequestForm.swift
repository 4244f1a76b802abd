/// How somebody asks, and so how they are told what to do instead.
package enum RequestForm: Sendable {
    /// The body of a request.
    case body
    /// A row of a file.
    case row

    /// Something else is said of a customer than is on record.
    ///
    /// - Parameter recorded: what is; nil for nothing.
    func ofOtherValue(than recorded: String?, ofCustomer id: Int64) -> String {
        switch self {
        case .body:
            "is another than that of customer \(id), who has this external_id: leave it out, or send \"update\": true "
                + "to change theirs."
        case .row:
            "is another than that of the customer with this customer.external_id, "
                + (recorded.map { "'\($0)'" } ?? "who has none")
                + ": --update or --set customer.update=true changes theirs, without --map for it theirs stays."
        }
    }

    /// The customer was erased.
    package func ofErased(customer id: Int64) -> String {
        switch self {
        case .body: "Customer \(id) was erased at their wish: send who it is instead."
        case .row: "Customer \(id) was erased at their wish: no complaint of theirs is taken over."
        }
    }

    /// Somebody takes on nothing new.
    package func ofInactive(_ name: String) -> String {
        switch self {
        case .body: "\(name) takes on nothing new (active: false): name somebody else."
        case .row: "\(name) takes on nothing new: name somebody else."
        }
    }

    /// Nobody is known by a name, and has to be.
    package func ofUnknown(_ name: NewName) -> String {
        switch self {
        case .body: "\(name.detail) POST /v1/owners names somebody."
        case .row:
            "\(name.detail) --value-map takes it for another name, and without --known-owners it is taken as it is."
        }
    }
}
