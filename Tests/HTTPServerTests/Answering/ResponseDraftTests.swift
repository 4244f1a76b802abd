import HTTPTypes
import Synchronization
import Testing

@testable import HTTPServer

@Suite("A response that is made before it is sent")
struct ResponseDraftTests {
    private final class Maker: Sendable {
        let count = Atomic(0)

        func draft() -> ResponseDraft {
            ResponseDraft { [self] in
                count.add(1, ordering: .relaxed)
                return Response(status: .created, headerFields: [:], body: .bytes([7]))
            }
        }
    }

    @Test("is made once when it was prepared", arguments: [true, false])
    func once(isPrepared: Bool) {
        let maker = Maker()
        let draft = maker.draft()
        #expect(maker.count.load(ordering: .relaxed) == 0)
        if isPrepared { _ = draft.prepare() }
        #expect(maker.count.load(ordering: .relaxed) == (isPrepared ? 1 : 0))
        let response = draft.take()
        #expect(response.status == .created)
        if case .bytes(let bytes) = response.body { #expect(bytes == [7]) } else { Issue.record("no bytes") }
        #expect(maker.count.load(ordering: .relaxed) == 1)
    }
}
