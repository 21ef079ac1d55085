import { useEffect, useRef, useState } from 'react';

/** How long each point of a film is shown, in milliseconds. */
const stepMs = 400;

/** Whether a film runs, and how to start and stop it; it stops by itself once there is no further step. */
export function usePlaying(step: () => boolean): [boolean, (isPlaying: boolean) => void] {
  const [isPlaying, setPlaying] = useState(false);
  const latest = useRef(step);
  useEffect(() => {
    latest.current = step;
  });
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setInterval(() => {
      if (!latest.current()) setPlaying(false);
    }, stepMs);
    return () => clearInterval(timer);
  }, [isPlaying]);
  return [isPlaying, setPlaying];
}
