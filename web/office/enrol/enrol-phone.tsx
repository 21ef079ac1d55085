import { Alert, Button, Group, Loader, Modal, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Failure } from '../parts/failure.js';
import styles from './enrol.module.css';
import { devicesOf, type Enrolled, type Enrolment, newEnrolment } from './enrolment.js';
import { QrCode } from './qr-code.js';
import { useEnrolTexts } from './texts.js';

/** Asks for the phone that long apart, in milliseconds. */
const askedEachMs = 2_000;

/** A dialogue that shows a code for a phone, and says when the phone has used it. */
export function EnrolPhone({ onClose, ...whom }: Enrolled & { onClose: () => void }) {
  const say = useEnrolTexts();
  const [round, setRound] = useState(0);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={whom.isSelf ? say('titleSelf') : say('title', { name: whom.name })}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <OneCode key={round} whom={whom} onAgain={() => setRound(round + 1)} />
    </Modal>
  );
}

function OneCode({ whom, onAgain }: { whom: Enrolled; onAgain: () => void }) {
  const say = useEnrolTexts();
  const queries = useQueryClient();
  const [from] = useState(() => Date.now());
  const { person } = whom;
  const { data: before } = useQuery({
    queryKey: ['enrolment', person, from, 'before'],
    queryFn: ({ signal }) => devicesOf(whom, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const { data, error } = useQuery({
    queryKey: ['enrolment', person, from],
    queryFn: () => newEnrolment(whom),
    // A code that was made is shown until it ends: asking again would make another.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    enabled: before !== undefined,
    retry: false,
  });
  const { data: now = before } = useQuery({
    queryKey: ['enrolment', person, from, 'now'],
    queryFn: ({ signal }) => devicesOf(whom, signal),
    enabled: data !== undefined,
    refetchInterval: askedEachMs,
    gcTime: 0,
  });
  const arrived = now?.find((one) => !before?.some(({ credential }) => credential === one.credential));
  const hasArrived = arrived !== undefined;
  useEffect(() => {
    if (hasArrived) void queries.invalidateQueries({ queryKey: ['people'] });
  }, [hasArrived, queries]);
  if (error) return <Failure error={error} onAgain={onAgain} />;
  if (!data) return <Loader role="progressbar" aria-label={say('making')} />;
  if (arrived)
    return (
      <>
        <Alert color="var(--good)" variant="outline" role="status" my="sm">
          <Text fw={700}>{say('arrived', { label: arrived.label ?? say('phone'), name: whom.name })}</Text>
          <Text size="sm">{say('arrivedHint')}</Text>
        </Alert>
        <Button variant="default" onClick={onAgain}>
          {say('another')}
        </Button>
      </>
    );
  return <Shown enrolment={data} onAgain={onAgain} />;
}

function Shown({ enrolment, onAgain }: { enrolment: Enrolment; onAgain: () => void }) {
  const say = useEnrolTexts();
  const left = useSecondsUntil(enrolment.endsAt);
  const { code, address, modules } = enrolment;
  const { origin, host, hostname } = new URL(address);
  const place = `${origin.startsWith('https:') ? host : origin}/log`;
  if (left === 0)
    return (
      <Group role="status" my="sm">
        <Text>{say('over')}</Text>
        <Button onClick={onAgain}>{say('again')}</Button>
      </Group>
    );
  return (
    <>
      {isOfMachine(hostname) && (
        <Alert color="var(--waits)" variant="outline" mb="sm">
          {say('local')}
        </Alert>
      )}
      <div className={styles.ways}>
        <QrCode modules={modules} label={say('picture')} />
        <div>
          <Text mb="sm">{say('step1')}</Text>
          <Text>{say('step2', { place })}</Text>
          <Text className={styles.code} my="xs" data-testid="code">
            {code}
          </Text>
          <Text size="sm">
            {say('left', {
              minutes: Math.floor(left / 60),
              seconds: String(left % 60).padStart(2, '0'),
            })}
          </Text>
          <Text size="sm" role="status" mt="sm">
            {say('waiting')}
          </Text>
        </div>
      </div>
    </>
  );
}

/** Whole seconds until an instant, at least 0. */
function useSecondsUntil(endsAt: number): number {
  const seconds = () => Math.max(0, Math.ceil((endsAt - Date.now()) / 1_000));
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft(seconds()), 1_000);
    return () => clearInterval(timer);
  });
  return left;
}

function isOfMachine(hostname: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
