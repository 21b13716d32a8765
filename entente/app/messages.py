"""What goes over a reader's WebSocket."""

from google.protobuf.message import DecodeError
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


def name_kind(sent: bytes) -> str | None:
    """Which of Streamlit's messages some bytes are, such as `delta`; None if none of them."""
    try:
        return ForwardMsg.FromString(sent).WhichOneof("type")
    except DecodeError:
        return None
