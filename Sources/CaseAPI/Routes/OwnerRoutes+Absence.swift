import Complaints
import HTTPServer

/// `/v1/owners/{name}/absence`.
extension OwnerRoutes {
    static func leave(_ call: Call) throws -> Change {
        let name = try name(call)
        try call.requireNoParameters()
        return .owners(.leave(owner: name, try call.body.read(AbsenceRequest.init(_:))))
    }

    static func comeBack(_ call: Call) throws -> Change {
        let name = try name(call)
        try call.requireNoParameters()
        return .owners(.comeBack(owner: name, try call.body.read(PlainRequests.comingBack)))
    }
}
