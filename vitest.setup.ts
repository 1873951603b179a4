import fc from "fast-check";

// Property tests draw the same cases everywhere: what is green here is green there. PROPERTY_SEED=n draws others.
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20171) });
