import Complaints
import Testing

@Suite("Guidance on what is disputed")
struct DisputedTests {
    @Test(
        "a keep in name only is for a manager to decide on, once nothing is about to fall due, and when the case is over too"
    )
    func decided() throws {
        var story = try Story(mood: .calm, promise: Desk.request(.after(.days(2))))
        let first = try #require(story.file.promises.first?.id)
        try story.make(.keep(first, evidence: "A ticket", .promise(.told(.hours(5)))))
        let second = try #require(story.file.promises.last?.id)
        try story.write(.dispute(DisputeRequest(promiseID: first, reason: "Nobody called")))
        #expect(story.item(.keepPromises).call?.role == .manager)
        #expect(story.item(.keepPromises).why.promises == [first])
        story.wait(.minutes(270))
        #expect(story.item(.keepPromises).call?.role == .agent, "what is about to fall due goes first")
        #expect(story.item(.keepPromises).why.promises == [second])
        let end = ResolveRequest(summary: "Done", customerAccepted: true)
        try story.make(.keep(second, evidence: "A ticket", .resolve(end)))
        #expect(story.item(.keepPromises).call?.role == .manager)
        try story.follow(.keepPromises)
        #expect(!story.file.isWaiting(.dispute) && story.state(.keepPromises) == .done)
    }
}
