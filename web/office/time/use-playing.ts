import { useEffect, useRef, useState } from 'react';

/** Milliseconds per step when playing. */
const stepMs = 400;

/** Whether a replay runs, and how to start and stop it; it stops after the last step. */
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
