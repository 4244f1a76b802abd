import Complaints
import HTTPTypes

extension JSONWriter {
    /// What is to be done about a case, the first thing first.
    mutating func write(_ guidance: Guidance) {
        object { json in
            json.member("case_id", guidance.caseID)
            json.member("mood", guidance.mood)
            json.member("mood_trend", guidance.moodTrend)
            json.member("hot_in_a_row", guidance.hotInARow)
            json.member(
                "items",
                array: { json in
                    for item in guidance.items { json.write(item, of: guidance.caseID) }
                })
        }
    }

    private mutating func write(_ item: Guidance.Item, of caseID: Int64) {
        object { json in
            json.member("tactic", item.tactic)
            json.member("title", item.title)
            json.member("state", item.state)
            json.member("why", item.why.text)
            json.member(named: "entries", item.why.entries)
            json.member(named: "promise_ids", item.why.promises)
            if let call = item.call {
                json.member("call", object: { $0.writeMembers(of: call, caseID) })
            } else {
                json.member("call", nil as String?)
            }
        }
    }

    private mutating func writeMembers(of call: GuidedCall, _ caseID: Int64) {
        member("method", call.method.rawValue)
        member("path", call.path(caseID))
        member("role", call.role)
        member("actor", call.actor)
        member("body", object: { $0.writeBody(of: call) })
    }

    private mutating func writeBody(of call: GuidedCall) {
        switch call {
        case .write(let request): writeMembers(of: request)
        case .coolOff(let request): writeMembers(of: request)
        case .promise(let request): writeMembers(of: request)
        case .keep(_, let continuation): writeMembers(of: continuation)
        case .renew(_, _, let request): writeMembers(of: request)
        case .accept: break
        case .escalate(let request): writeMembers(of: request)
        case .decide(let request): writeMembers(of: request)
        case .wish(let text): member("desired_outcome", text)
        case .letGo: member("owner", nil as String?)
        }
    }
}

extension GuidedCall {
    fileprivate var method: HTTPRequest.Method {
        switch self {
        case .wish, .letGo: .patch
        default: .post
        }
    }

    fileprivate func path(_ caseID: Int64) -> String {
        switch self {
        case .write: "/v1/cases/\(caseID)/log"
        case .coolOff: "/v1/cases/\(caseID)/cool-off"
        case .promise: "/v1/cases/\(caseID)/promises"
        case .keep(let id, _): "/v1/promises/\(id)/keep"
        case .renew(let id, .renegotiate, _): "/v1/promises/\(id)/renegotiate"
        case .renew(let id, .recover, _): "/v1/promises/\(id)/recover"
        case .accept(let id, _): "/v1/promises/\(id)/accept"
        case .escalate: "/v1/cases/\(caseID)/escalate"
        case .decide: "/v1/cases/\(caseID)/relationship"
        case .wish, .letGo: "/v1/cases/\(caseID)"
        }
    }
}
