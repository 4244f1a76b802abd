-- Cases under a regime by when their complaints were received: a report of what an authority asks for counts those of some days,
-- whatever else there is.
CREATE INDEX complaint_case_under_regime ON complaint_case (regime, received_at) WHERE regime IS NOT NULL;
