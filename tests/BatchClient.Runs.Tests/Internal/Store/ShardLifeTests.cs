using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Internal.Store;

public sealed class ShardLifeTests
{
    private static readonly ShardState[] States = [.. Enum.GetValues<ShardState>().Where(state => state is not (ShardState.None or ShardState.All))];

    [Test]
    public void Allows_EveryState_IsInTheTable() => Assert.That(
        States.Where(from => States.All(to => !ShardLife.Allows(from, to))),
        Is.EqualTo(new[] { ShardState.Cleaned }), "what has been cleaned is at its end");

    [Test]
    public void Allows_Intent_IsReachedFromUploadedAlone() => Assert.That(
        States.Where(from => ShardLife.Allows(from, ShardState.Intent)), Is.EqualTo(new[] { ShardState.Uploaded, ShardState.Intent }));

    [Test]
    public void Allows_OutOfIntentOrAmbiguous_NeverStraightToAnotherCreate() => Assert.That(
        States.Where(to => ShardLife.Allows(ShardState.Ambiguous, to)),
        Is.EqualTo(new[] { ShardState.Created, ShardState.Ambiguous, ShardState.Abandoned }));

    [Test]
    public void Allows_HarvestedAndAbandoned_AreNeverSentAgain() => Assert.That(
        States.Where(to => ShardLife.Allows(ShardState.Harvested, to) || ShardLife.Allows(ShardState.Abandoned, to)),
        Is.EqualTo(new[] { ShardState.Harvested, ShardState.Cleaned, ShardState.Abandoned }));

    [Test]
    public void Allows_Sets_AreNoStates() => Assert.That(
        new[] { ShardState.None, ShardState.All, ShardState.Planned | ShardState.Uploading }.Where(to => ShardLife.Allows(ShardState.Planned, to)),
        Is.Empty);
}
