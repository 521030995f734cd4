// What pages draw with, fetched while Streamlit itself is still on its way; see files.py.

import "./followed_link.js";
import "./inspector/inspector.js";
import "./live_curves/live_curves.js";
import "./network_view/network_view.js";
import "./probe_view/probe_view.js";
import "./run_table/run_table.js";
