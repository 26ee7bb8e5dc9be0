//! Tests of fetching feeds, against a server on this machine.
