import CaseAPI
import Complaints
import HTTPTypes

/// A form of an owner's page with fields to fill in.
enum OwnerForm: String, RecordForm {
    case absence
    case handover

    var name: String { rawValue }

    var method: HTTPRequest.Method {
        switch self {
        case .absence: .put
        case .handover: .post
        }
    }

    var body: BodyFields {
        switch self {
        case .absence: Self.absenceBody
        case .handover: Self.handoverBody
        }
    }

    private static let absenceBody = BodyFields(.put, "/v1/owners/{name}/absence")
    private static let handoverBody = BodyFields(.post, "/v1/owners/{name}/handover")

    var asked: [String] {
        switch self {
        case .absence: ["from", "until", "stand_in"]
        case .handover: ["to", "reason", "cases"]
        }
    }

    var initial: [String: String] {
        switch self {
        case .absence: [:]
        case .handover: ["cases": "true"]
        }
    }

    var button: String {
        switch self {
        case .absence: Texts.leave
        case .handover: Texts.handOver
        }
    }
}
