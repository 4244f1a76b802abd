import Complaints
import HTTPTypes

/// `/v1/regimes`.
enum RegimeOperations {
    static let all: [APIOperation] = [
        APIOperation(
            .get, "/v1/regimes", "listRegimes", "List regimes",
            description: "By name, without their stages; those that come with the service among them.",
            query: .list(.regimes), answer: .init(.list("RegimeSummary"), "A page of them.")),
        APIOperation(
            .get, "/v1/regimes/{name}", "getRegime", "Show a regime",
            description:
                "Its last version, whenever that holds, or another one. One that comes with the service is version 0.",
            query: .single { $0.version() }, answer: .init(.resource("Regime"), "The regime.")),
        APIOperation(
            .put, "/v1/regimes/{name}", "putRegime", "Make a regime, or give it a new version",
            description: """
                The whole of it is sent each time, and becomes a version that stays as it is: 201 for the first one, 200 for any \
                other. What says the same as the last version makes none. For a complaint the highest version holds whose \
                valid_from to valid_until have the local date of its receipt. It moves no promise that is already made. One that \
                comes with the service is not changed, but copied under another name.
                """,
            body: APIOperation.Body(
                RegimeRequest.init(_:),
                examples: [
                    APIOperation.Example(
                        "weeks", "Eight weeks for the answer, and a deadline with it",
                        [
                            "title": "Complaints about energy", "authority": "Ofgem", "source": "SI 2008/1898",
                            "calendar": "england-and-wales",
                            "stages": [
                                [
                                    "name": "complaint",
                                    "clocks": [
                                        [
                                            "name": "answer", "anchor": "received", "count": 8, "unit": "weeks",
                                            "makes": "answer",
                                        ],
                                        [
                                            "name": "deadline", "anchor": "received", "count": 8, "unit": "weeks",
                                            "makes": "hard_deadline", "met_by": ["answer"],
                                        ],
                                    ],
                                ]
                            ],
                        ]),
                    APIOperation.Example(
                        "stages", "Two stages, with more time for a good reason, from a date on",
                        [
                            "title": "Complaints to us", "authority": "Us", "source": "Our procedure, 2027",
                            "calendar": "england-and-wales", "received_closed": "next", "valid_from": "2027-01-01",
                            "stages": [
                                [
                                    "name": "stage 1",
                                    "clocks": [
                                        [
                                            "name": "acknowledgement", "anchor": "received", "count": 24,
                                            "unit": "hours", "makes": "acknowledge",
                                        ],
                                        [
                                            "name": "answer", "anchor": "kept:acknowledge", "count": 10,
                                            "unit": "business_days", "until": "close", "makes": "answer",
                                            "extension": ["count": 10, "unit": "business_days", "from": "due"],
                                        ],
                                        [
                                            "name": "news", "anchor": "received", "count": 5, "unit": "business_days",
                                            "every": true, "makes": "update",
                                        ],
                                    ],
                                ],
                                [
                                    "name": "stage 2",
                                    "clocks": [
                                        [
                                            "name": "answer", "anchor": "stage_requested", "count": 1,
                                            "unit": "months", "makes": "answer",
                                        ]
                                    ],
                                ],
                            ],
                        ]),
                ]),
            answer: .init(.replaced("Regime"), "The regime as it is now; 201 where it was just made."),
            problems: [.regimeShipped]),
    ]
}
