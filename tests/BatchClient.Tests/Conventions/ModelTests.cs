using System.Reflection;
using BatchGateway.Internal.Json;

namespace BatchGateway.Tests.Conventions;

public sealed class ModelTests
{
    private static IEnumerable<Type> Models => Libraries.PublicTypes(Libraries.Client).Where(type => type.IsSubclassOf(typeof(GatewayModel)));

    private static IEnumerable<Type> Records => Libraries.All.SelectMany(Libraries.PublicTypes).Where(type => type.GetMethod("<Clone>$") is not null);

    [Test]
    public void Models_Found_AreTheOnesWeKnow() => Assert.That(Models, Has.Member(typeof(Batch)).And.Member(typeof(ChatMessage)), "else the rules below hold for nothing");

    [TestCaseSource(nameof(Models))]
    public void Model_EveryMember_IsImmutable(Type model)
    {
        IEnumerable<string> mutable = model.GetProperties()
            .Where(property => property.SetMethod is { IsPublic: true } setter && !ApiText.IsInit(setter))
            .Select(property => property.Name)
            .Concat(model.GetFields(BindingFlags.Public | BindingFlags.Instance).Select(field => field.Name));

        Assert.That(mutable, Is.Empty, "a snapshot must not change under the one who holds it: use init");
        Assert.That(model.IsSealed && model.GetMethod("<Clone>$") is not null, Is.True, "a model is a sealed record");
    }

    [TestCaseSource(nameof(Records))]
    public void Record_EveryMember_IsImmutable(Type record)
    {
        IEnumerable<string> mutable = record.GetProperties()
            .Where(property => property.SetMethod is { IsPublic: true } setter && !ApiText.IsInit(setter))
            .Concat(record.GetProperties().Where(property => property.PropertyType.IsArray || typeof(System.Collections.IList).IsAssignableFrom(property.PropertyType)))
            .Select(property => property.Name);

        Assert.That(mutable, Is.Empty, "a snapshot must not change under the one who holds it: use init, and IReadOnlyList");
    }

    [TestCaseSource(nameof(Models))]
    public void Model_Type_IsInTheJsonContext(Type model) => Assert.That(
        BatchJsonContext.Default.GetTypeInfo(model), Is.Not.Null, "add it to BatchJsonContext, or to a model that is there");

    /// <summary>A request is only ever made by a user, who knows what it needs.</summary>
    private static IEnumerable<Type> ReadModels => Models.Where(type => !type.Name.EndsWith("Request", StringComparison.Ordinal));

    [TestCaseSource(nameof(ReadModels))]
    public void Model_MadeByAUser_NeedsAtMostItsId(Type model) => Assert.That(
        model.GetProperties().Where(property => property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute))).Select(property => property.Name),
        Is.SubsetOf(new[] { "Id" }),
        "a required member that a gateway leaves out is an exception");
}
