"""The simulated phones of this server: for each practice run a crowd on a thread and an event loop of its own."""

import asyncio
import logging
import threading
from dataclasses import dataclass, field

from holdfast.gatherings.rehearsal import Refusal, Script, rehearse

LOG = logging.getLogger("holdfast.gatherings")
LONGEST_SECONDS = 4 * 60 * 60
"""How long phones stay when nobody ends the run."""


@dataclass(slots=True)
class Crowds:
    """Which rooms have phones of this server. address: where the server itself listens; "" when it is not known."""

    address: str = ""
    running: dict[str, threading.Thread] = field(default_factory=dict)

    def listens_at(self, host: str, port: int) -> None:
        """Say where phones find the server: on this machine, however it is known outside."""
        here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - comparing, not binding
        self.address = f"http://[{here}]:{port}" if ":" in here else f"http://{here}:{port}"

    def send(self, script: Script, *, phones: int, seed: int) -> None:
        """Let phones into a room, the first as the leader. They leave when it ends, whoever ends it."""
        thread = threading.Thread(
            target=self._live, args=(script, phones, seed), name=f"phones-{script.code}", daemon=True
        )
        self.running[script.code] = thread
        thread.start()

    def _live(self, script: Script, phones: int, seed: int) -> None:
        async def stay() -> None:
            await asyncio.wait_for(rehearse(script, phones=phones, seed=seed, leader=True), LONGEST_SECONDS)

        try:
            asyncio.run(stay())
        except (Refusal, TimeoutError) as error:  # the room went before they were in, or nobody ever ended it
            LOG.info("simulated phones have left their room: %s", type(error).__name__)
        except Exception:
            LOG.exception("simulated phones have failed")
        finally:
            self.running.pop(script.code, None)


CROWDS = Crowds()
