import CaseAPI
import Complaints
import HTTPTypes

/// A form of a customer's record: what is on record of them, and that they are another one who is on record already.
enum CustomerForm: String, RecordForm, CaseIterable {
    case edit
    case merge
    case unmerge

    var name: String { "customer-\(rawValue)" }

    var method: HTTPRequest.Method {
        switch self {
        case .edit: .patch
        case .merge: .post
        case .unmerge: .delete
        }
    }

    var body: BodyFields {
        switch self {
        case .edit: Self.editBody
        case .merge: Self.mergeBody
        case .unmerge: Self.unmergeBody
        }
    }

    private static let editBody = BodyFields(.patch, "/v1/customers/{id}")
    private static let mergeBody = BodyFields(.post, "/v1/customers/{id}/merge")
    private static let unmergeBody = BodyFields(.delete, "/v1/customers/{id}/merge")

    var asked: [String] {
        switch self {
        case .edit: body.all.map(\.name)
        case .merge: ["into", "reason"]
        case .unmerge: ["reason"]
        }
    }

    var button: String { Texts.actionsWithCustomer[name] ?? name }
    var isEdit: Bool { self == .edit }

    /// The path of the API, of that customer.
    func path(of id: String) -> String {
        switch self {
        case .edit: "/v1/customers/\(id)"
        case .merge, .unmerge: "/v1/customers/\(id)/merge"
        }
    }

    /// Whether it is there for a customer, for who asks: what else is asked for with it, the API's rules refuse.
    func isThere(for customer: JSONValue, _ visitor: Visitor?) -> Bool {
        guard let visitor, visitor.role >= body.role ?? .reader, customer["erased_at"].isNull else { return false }
        return switch self {
        case .edit, .merge: customer["merged_into"].isNull
        case .unmerge: !customer["merged_into"].isNull
        }
    }

    /// The one that is called so in an address; nil for any other word.
    static func named(_ name: String) -> CustomerForm? { allCases.first { $0.name.isExactly(name) } }
}
