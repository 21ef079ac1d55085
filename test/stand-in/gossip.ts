import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import type { Empty } from '@eventstore/db-client/generated/shared_pb.js';
import type { handleUnaryCall } from '@grpc/grpc-js';
import { type Role, type StandInNode, stranger } from './node.js';
import { gossip, uuidOf } from './protocol.js';

const { VNodeState } = gossip.MemberInfo;
const states: Record<Role, (typeof VNodeState)[keyof typeof VNodeState]> = {
  leader: VNodeState.LEADER,
  follower: VNodeState.FOLLOWER,
  unknown: VNodeState.UNKNOWN,
  dead: VNodeState.SHUTDOWN,
};

/** Gossip.Read: the nodes of the cluster, and the leader. */
export function gossipHandler(node: StandInNode): handleUnaryCall<Empty, ClusterInfo> {
  return (call, answer) => {
    const refused = stranger(node, call);
    if (refused) return answer(refused);
    const info = new gossip.ClusterInfo();
    info.setMembersList(
      node.members().map(({ host, port, id, role }) => {
        const endpoint = new gossip.EndPoint();
        endpoint.setAddress(host);
        endpoint.setPort(port);
        const member = new gossip.MemberInfo();
        member.setInstanceId(uuidOf(id, false));
        member.setTimeStamp(String(BigInt(Date.now()) * 10_000n));
        member.setState(states[role]);
        member.setIsAlive(role !== 'dead');
        member.setHttpEndPoint(endpoint);
        return member;
      }),
    );
    answer(null, info);
  };
}
