import Dispatch
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import HTTPServer

@Suite("What is compressed beside a loop")
struct BodyCoderTests {
    private static func job(_ count: Int) -> CodingJob {
        CodingJob(Response(status: .ok, body: .bytes([UInt8](repeating: 65, count: count))), count: count)
    }

    /// A coder that is busy until it is let go on.
    private func busy() -> (coder: BodyCoder, goOn: DispatchSemaphore) {
        let coder = BodyCoder(loop: 0)
        let goOn = DispatchSemaphore(value: 0)
        #expect(coder.submit(Self.job(1)) { _, _ in goOn.wait() })
        return (coder, goOn)
    }

    @Test("waits in a queue of so many answers, and so many bytes, and no more", arguments: [1, 100_000, 5_000_000])
    func bounded(count: Int) {
        let (coder, goOn) = busy()
        let finished = DispatchSemaphore(value: 0)
        var taken = 0
        while taken < 1000, coder.submit(Self.job(count), { _, _ in finished.signal() }) { taken += 1 }
        #expect(taken == min(BodyCoder.waitingLimit - 1, (BodyCoder.waitingBytes - 1) / count))
        goOn.signal()
        for _ in 0..<taken { finished.wait() }
    }

    @Test("is coded however long it is, when nothing else waits")
    func alone() throws {
        let coder = BodyCoder(loop: 0)
        let coded = Mutex<[UInt8]?>(nil)
        let finished = DispatchSemaphore(value: 0)
        let count = BodyCoder.waitingBytes + 1
        let isTaken = coder.submit(Self.job(count)) { _, body in
            coded.withLock { $0 = body }
            finished.signal()
        }
        #expect(isTaken)
        finished.wait()
        let body = coded.withLock { $0 }
        #expect(try gunzip(try #require(body)).count == count)
    }

    @Test("is dropped when it is taken away before its turn")
    func dropped() {
        let (coder, goOn) = busy()
        let dropped = Self.job(10)
        let finished = DispatchSemaphore(value: 0)
        let made = Atomic(0)
        #expect(coder.submit(dropped) { _, _ in made.add(1, ordering: .relaxed) })
        #expect(coder.submit(Self.job(10)) { _, _ in finished.signal() })
        #expect(dropped.take() != nil)
        goOn.signal()
        finished.wait()
        #expect(made.load(ordering: .relaxed) == 0)
    }

    @Test("is made once of a body that is the same for everybody")
    func kept() async throws {
        let text = [UInt8](repeating: 66, count: 300_000)
        let kept = KeptBody(text)
        let laidOut = Atomic(0)
        try await serving { request, _ in
            var response = Response(status: .ok, kept: kept)
            response.isCodable = true
            if request.path == "/pretty" {
                response.setBody(
                    kept.laidOut {
                        laidOut.add(1, ordering: .relaxed)
                        return $0 + [10]
                    })
            }
            return .now(response)
        } _: { _, address in
            for path in ["/", "/pretty", "/", "/pretty"] {
                let client = try Client(address)
                try client.send(
                    "GET \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAccept-Encoding: gzip\r\n\r\n")
                let bytes = try client.readBytesToEnd()
                let end = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("\r\n\r\n".utf8)) })
                #expect(String(decoding: bytes[..<end], as: UTF8.self).contains("Content-Encoding: gzip"))
                #expect(try gunzip(Array(bytes[(end + 4)...])) == text + (path == "/" ? [] : [10]))
                #expect(try Client(address).get(path).body.utf8.count == text.count + (path == "/" ? 0 : 1))
            }
        }
        #expect(laidOut.load(ordering: .relaxed) == 1)
        let first = kept.gzip { _ in nil }
        #expect(first != nil, "it is there already")
    }
}
