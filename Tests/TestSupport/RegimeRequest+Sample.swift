public import Complaints

extension RegimeRequest {
    /// Two stages with every kind of clock, on the calendar that comes with the service.
    public static let twoStages = RegimeRequest(
        title: "Complaints to us", authority: "Us", source: "Our procedure, 3.1", calendar: "england-and-wales",
        receivedClosed: .next,
        stages: [
            RegimeStage(
                name: "stage 1",
                clocks: [
                    RegimeClock(
                        name: "acknowledgement", anchor: .received, length: ClockLength(24, .hours), until: nil,
                        makes: .promise(.acknowledge)),
                    RegimeClock(
                        name: "answer", anchor: .kept(.acknowledge), length: ClockLength(10, .businessDays),
                        until: .close,
                        makes: .promise(.answer), metBy: [.answer, .decision],
                        extension: ClockExtension(ClockLength(10, .businessDays), from: .due)),
                    RegimeClock(
                        name: "news", anchor: .received, length: ClockLength(2, .weeks), until: .sameTime, every: true,
                        makes: .promise(.update)),
                    RegimeClock(
                        name: "at once", anchor: .received, length: ClockLength(1, .days), insteadOf: "answer"),
                ]),
            RegimeStage(
                name: "stage 2",
                clocks: [
                    RegimeClock(
                        name: "deadline", anchor: .stageRequested, length: ClockLength(1, .months),
                        makes: .hardDeadline, metBy: [.answer],
                        extension: ClockExtension(ClockLength(2, .months), from: .anchor))
                ]),
        ])

    /// The same as the body of a request.
    public static let twoStagesBody = """
        {"title":"Complaints to us","authority":"Us","source":"Our procedure, 3.1","calendar":"england-and-wales",\
        "received_closed":"next","stages":[{"name":"stage 1","clocks":[\
        {"name":"acknowledgement","anchor":"received","count":24,"unit":"hours","makes":"acknowledge"},\
        {"name":"answer","anchor":"kept:acknowledge","count":10,"unit":"business_days","until":"close","makes":"answer",\
        "met_by":["answer","decision"],"extension":{"count":10,"unit":"business_days","from":"due"}},\
        {"name":"news","anchor":"received","count":2,"unit":"weeks","until":"same_time","every":true,"makes":"update"},\
        {"name":"at once","anchor":"received","count":1,"unit":"days","instead_of":"answer"}]},\
        {"name":"stage 2","clocks":[{"name":"deadline","anchor":"stage_requested","count":1,"unit":"months",\
        "makes":"hard_deadline","met_by":["answer"],"extension":{"count":2,"unit":"months","from":"anchor"}}]}]}
        """
}
