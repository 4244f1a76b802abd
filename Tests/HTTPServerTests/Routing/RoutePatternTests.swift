import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("A route's pattern")
struct RoutePatternTests {
    @Test("is taken apart into literals and parameters")
    func takesApart() {
        #expect(RoutePattern("/").segments.isEmpty)
        #expect(RoutePattern("/a/{b}").segments == [.literal("a"), .parameter])
    }

    @Test("is a programmer's mistake when it is malformed")
    func stopsAtMistakes() async {
        await #expect(processExitsWith: .failure) { _ = RoutePattern("a") }
        await #expect(processExitsWith: .failure) { _ = RoutePattern("/a//b") }
        await #expect(processExitsWith: .failure) { _ = RoutePattern("/a{b}") }
        await #expect(processExitsWith: .failure) { _ = RoutePattern("/a/") }
        await #expect(processExitsWith: .failure) {
            _ = RouteTable([Route(.get, "/a/{b}", 1), Route(.get, "/a/{c}", 2)])
        }
    }
}
