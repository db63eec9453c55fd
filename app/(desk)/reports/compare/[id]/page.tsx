import { ComparisonResult } from '@/components/desk/compare/comparison-result';

type Props = { readonly params: Promise<{ readonly id: string }> };

/** The picture itself is asked of the API, whose door looks at who is asking. */
export default async function ComparisonPage({ params }: Props) {
  return <ComparisonResult id={(await params).id} />;
}
