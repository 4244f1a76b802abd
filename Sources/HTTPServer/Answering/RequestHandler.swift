/// A service together with one loop's state, as connections see it. Used on its loop only.
protocol RequestHandler: AnyObject {
    var state: LoopStateBox { get }
    var routes: [String] { get }
    func logged(path: String) -> String
    func admit(_ request: Request, bodyLength: Int?) -> Admission
    func respond(to request: Request, slot: ReplySlot) -> Answer
    func readmit(_ admission: Int64, requestID: String) -> Dismissal?
    func response(to refusal: ServerRefusal, requestID: String) -> Response
}

final class ServiceHandler<S: Service>: RequestHandler {
    private let service: S
    private let box: TypedLoopStateBox<S.LoopState>

    /// Makes the loop's state, so it runs on the loop.
    init(service: S) throws {
        self.service = service
        box = TypedLoopStateBox(try service.makeLoopState())
    }

    var state: LoopStateBox { box }
    var routes: [String] { service.routes }

    func logged(path: String) -> String { service.logged(path: path) }

    func admit(_ request: Request, bodyLength: Int?) -> Admission {
        service.admit(request, bodyLength: bodyLength, state: box.state)
    }

    func respond(to request: Request, slot: ReplySlot) -> Answer {
        service.respond(to: request, state: box.state, reply: Reply(slot: slot))
    }

    func readmit(_ admission: Int64, requestID: String) -> Dismissal? {
        service.readmit(admission, requestID: requestID, state: box.state)
    }

    func response(to refusal: ServerRefusal, requestID: String) -> Response {
        service.response(to: refusal, requestID: requestID)
    }
}
