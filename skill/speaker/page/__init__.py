"""The page on the trainee's own machine: it hears, counts aloud and shows, and nothing leaves the machine.

Theory of operation. The browser holds the microphone, the loudspeaker and the picture; everything else happens
here. What was said (typed, or heard by the ears) becomes the envelope that an Echo would send and goes to the
skill's own endpoint (`talks`). Its answer is put into sound (`sounds`), a count as one track whose clock drives
the ring (`picture`). `guard` keeps every other site, and every other name of this machine, out.
"""
