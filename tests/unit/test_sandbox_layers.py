"""The parts of the sandbox that can be looked at without starting it."""

import errno
import socket
import time

import pytest

from autograder.sandbox import cgroup, seccomp
from autograder.sandbox.channel import HEADER, Channel, ChannelBroken, ChannelClosed, ChannelTimeout
from autograder.sandbox.outputs import Outputs
from autograder.sandbox.places import outermost
from autograder.sandbox.spec import Limits

ALLOWED, REFUSED = seccomp.ALLOW, seccomp.REFUSE
SIGCHLD = 17


def verdict(machine, number, first=0, own_pid=None, arch=None, third=0, sockets=False):
    """Run the filter as the kernel would."""
    memory = {0: number, 4: arch or seccomp.ARCHITECTURES[machine], 16: first, 32: third}
    program, place, value = seccomp.program(machine, own_pid, sockets), 0, 0
    while True:
        code, true, false, constant = program[place]
        place += 1
        if code == seccomp.RETURN:
            return constant
        if code == seccomp.LOAD:
            value = memory[constant]
            continue
        holds = {
            seccomp.EQUAL: value == constant,
            seccomp.AT_LEAST: value >= constant,
            seccomp.ANY_BIT: bool(value & constant),
        }[code]
        place += true if holds else false


@pytest.mark.parametrize("machine", seccomp.ARCHITECTURES)
def test_the_filter_on_both_processors(machine):
    for name, numbers in seccomp.DENIED.items():
        number = numbers[machine != "x86_64"]
        assert number is None or verdict(machine, number) == REFUSED, name
    clone = seccomp.CLONE[machine]
    assert verdict(machine, clone, SIGCHLD) == ALLOWED
    assert verdict(machine, clone, SIGCHLD | 0x1000_0000) == REFUSED  # a new user namespace
    assert verdict(machine, seccomp.CLONE3) & 0xFFFF == errno.ENOSYS
    read, write = {"x86_64": (0, 1), "aarch64": (63, 64)}[machine]
    assert verdict(machine, read) == verdict(machine, write) == ALLOWED
    assert verdict(machine, read, arch=0x4000_0003) == seccomp.KILL_PROCESS  # 32-bit calls have other numbers


@pytest.mark.parametrize("machine", seccomp.ARCHITECTURES)
def test_sockets_that_stay_within_a_run_may_be_allowed(machine):
    unix, ipv4, ipv6, netlink, packet, vsock, crypto = 1, 2, 10, 16, 17, 40, 38
    number = seccomp.SOCKET[machine]
    for family in (unix, ipv4, netlink):
        assert verdict(machine, number, family, sockets=True) == ALLOWED
        assert verdict(machine, number, family) == REFUSED
    for family in (ipv6, packet, vsock, crypto):
        assert verdict(machine, number, family, sockets=True) == REFUSED
    assert verdict(machine, number, netlink, third=12, sockets=True) == REFUSED  # the firewall's
    assert verdict(machine, seccomp.DENIED["ptrace"][machine != "x86_64"], sockets=True) == REFUSED


def test_the_other_numbers_of_x86_64_are_refused():
    assert verdict("x86_64", seccomp.X32 + 41) == REFUSED


@pytest.mark.parametrize("machine", seccomp.ARCHITECTURES)
def test_signals_go_to_oneself_only_where_there_is_no_process_namespace(machine):
    for name, number in seccomp.SIGNALS[machine].items():
        assert verdict(machine, number, 42, own_pid=42) == ALLOWED, name
        assert verdict(machine, number, 43, own_pid=42) == REFUSED, name
        assert verdict(machine, number, 2**32 - 1, own_pid=42) == REFUSED, name  # -1: everyone
        assert verdict(machine, number, 43) == ALLOWED, name


def test_a_channel_bounds_what_it_receives():
    ours, theirs = map(Channel, socket.socketpair())
    ours.max_bytes = 100
    theirs.send({"a": "é\ud800"}, b"blob")
    frame = ours.receive()
    assert (frame.body, frame.blob) == ({"a": "é?"}, b"blob")
    with pytest.raises(ChannelTimeout):
        ours.receive(time.monotonic() + 0.01)
    theirs.sock.sendall(HEADER.pack(1 << 20, 0))
    with pytest.raises(ChannelBroken):
        ours.receive()


@pytest.mark.parametrize("text", [b"{", b"[]", b"[" * 90_000, b"\xff", b"1" * 5000])
def test_a_frame_must_be_an_object(text):
    ours, theirs = map(Channel, socket.socketpair())
    theirs.sock.sendall(HEADER.pack(len(text), 0) + text)
    with pytest.raises(ChannelBroken):
        ours.receive()
    theirs.close()
    with pytest.raises(ChannelClosed):
        ours.receive()


def test_repeated_updates_of_a_display_do_not_add_up():
    outputs = Outputs(max_bytes=200)
    shown = {"data": {"text/plain": "0"}, "metadata": {}, "transient": {"display_id": "a"}}
    outputs.add("display_data", shown)
    for number in range(1000):
        outputs.add("update_display_data", {**shown, "data": {"text/plain": str(number)}})
    assert [output["data"]["text/plain"] for output in outputs.items] == ["999"]
    assert len(outputs.updates) == 1
    assert not outputs.cut


def test_an_error_is_shown_even_after_too_much_output():
    outputs = Outputs(max_bytes=10)
    outputs.add("stream", {"name": "stdout", "text": "é" * 100})
    outputs.add("error", {"ename": "E", "evalue": "", "traceback": []})
    assert outputs.items[0]["text"] == "é" * 5
    assert "Sortie coupée" in outputs.items[1]["text"]
    assert outputs.items[2]["ename"] == "E"


def test_only_the_outermost_existing_paths_are_shown(tmp_path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert outermost([str(inner), str(tmp_path / "a"), str(tmp_path / "absent")]) == [str(tmp_path / "a")]


def test_a_group_of_our_own_is_divided_and_any_other_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr("os.getpid", lambda: 42)
    group, membership = tmp_path / "run.scope", tmp_path / "membership"
    group.mkdir()
    membership.write_text("0::/run.scope\n")
    (group / "cgroup.controllers").write_text("cpu memory pids")
    (group / "cgroup.procs").write_text("41\n42\n")
    assert cgroup.prepare(tmp_path, membership) is None  # a shell lives there too
    assert not (group / "campus").exists()
    (group / "cgroup.procs").write_text("42\n")
    assert cgroup.prepare(tmp_path, membership) == group
    assert (group / "campus" / "cgroup.procs").read_text() == "0"
    assert (group / "cgroup.subtree_control").read_text() == "+memory +pids"


def test_without_groups_version_2_there_is_none(tmp_path):
    membership = tmp_path / "membership"
    membership.write_text("4:memory:/x\n")
    assert cgroup.prepare(tmp_path, membership) is None
    assert Limits().memory_bytes == 2 * 2**30
