"""Who may speak to the skill: Alexa, for this skill, now, once; everybody else gets one typed refusal.

The order is from cheap to dear, and no byte of a body is read as anything but bytes before Amazon's
signature stands on it:

1. `headers`: both headers, once each, of a sane length; `urls`: the certificate's address; `signature`:
   base64 of the right form;
2. `chains`: the verified chain from memory, or `fetch` (bounded, from one host) and `chain` (to a root,
   now, for Alexa's name);
3. `signature`: RSA over SHA-256 of the raw bytes;
4. `body`: a strict, bounded reading of what is now known to be Amazon's own text;
5. `freshness` and `application`: within 150 seconds, for this skill;  `replay`: not heard before.

The application id and the timestamp stand inside the body, so they can be judged only after step 4; step 4
is the one reading there is, it is bounded, and it comes after the signature. No SDK, store or coach sees a
body that has not passed all five.
"""

from skill.alexa.verify.body import Envelope, read
from skill.alexa.verify.refused import Code, Refused
from skill.alexa.verify.verifier import Verifier

__all__ = ["Code", "Envelope", "Refused", "Verifier", "read"]
